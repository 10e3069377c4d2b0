import { describe, expect, it } from "vitest";
import { appRequestOf } from "./app-request.ts";

const asked = {
  clientId: "aic-sos-cli",
  redirectUri: "http://127.0.0.1:49152/callback",
  codeChallenge: "c".repeat(43),
  state: "00012.50 – ü?&=%",
};
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("what an app asks for", () => {
  it("comes through the address unchanged, to the last letter of its state", () => {
    expect(appRequestOf(encoded(asked))).toEqual(asked);
  });

  it("is nothing where the address says something else", () => {
    for (const text of [undefined, "", "x", "%%%", encoded("x"), encoded({ clientId: "x" })])
      expect(appRequestOf(text)).toBeUndefined();
  });
});
