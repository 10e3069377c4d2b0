import { describe, expect, it } from "vitest";
import { discoveryWords } from "./discovery-words.ts";

const FOUND = {
  usable: true,
  problem: null,
  means: "The provider can be used.",
  pkce: "advertised",
  algorithms: ["RS256", "EdDSA"],
  issInResponse: true,
  endSession: true,
} as const;

describe("what discovery found", () => {
  it("is said in plain words", () => {
    expect(discoveryWords({ ...FOUND, algorithms: [...FOUND.algorithms] })).toBe(
      "PKCE is supported; it signs with RS256, EdDSA; signing out ends its session, too.",
    );
    const silent = {
      ...FOUND,
      algorithms: ["RS256"],
      pkce: "unstated",
      endSession: false,
    } as const;
    expect(discoveryWords({ ...silent, algorithms: ["RS256"] })).toBe(
      "PKCE is sent, though the provider does not mention it; it signs with RS256; it has no sign-out.",
    );
  });

  it("is the server's reason where the provider cannot be used", () => {
    const unusable = { ...FOUND, algorithms: [], usable: false, means: "It does not answer." };
    expect(discoveryWords(unusable)).toBe("It does not answer.");
  });
});
