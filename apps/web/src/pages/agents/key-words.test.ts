import { describe, expect, it } from "vitest";
import { envLine, keyEnd } from "./key-words.ts";

const END = "2026-03-20T12:00:00.000Z";
const REVOKED = "2026-03-10T12:00:00.000Z";

describe("the end of a key", () => {
  it("is its revocation, else its expiry, else none", () => {
    const revoked = { state: "revoked", expiresAt: END, revokedAt: REVOKED } as const;
    expect(keyEnd(revoked)).toEqual({ words: "revoked", instant: REVOKED });
    const ending = { state: "ending", expiresAt: END, revokedAt: null } as const;
    expect(keyEnd(ending)).toEqual({ words: "ends", instant: END });
    expect(keyEnd({ ...ending, state: "ended" })).toEqual({ words: "ended", instant: END });
    expect(keyEnd({ ...ending, state: "active", expiresAt: null })).toEqual({
      words: "never ends",
      instant: null,
    });
  });
});

describe("the line for the environment", () => {
  it("needs no quotes: a key has nothing that a shell would read", () => {
    expect(envLine("aic_0a1b_2c3d_Secret_9zZ")).toMatch(/^AIC_API_KEY=[0-9A-Za-z_]+$/);
  });
});
