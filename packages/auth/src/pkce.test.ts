import { describe, expect, it } from "vitest";
import { isCodeChallenge, provesChallenge } from "./pkce.ts";

// RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

describe("a code verifier", () => {
  it("proves the challenge that was made of it, as in the standard's example", () => {
    expect(provesChallenge(VERIFIER, CHALLENGE)).toBe(true);
  });

  it("that is another one, too short, too long or of other characters proves nothing", () => {
    for (const wrong of [
      "",
      CHALLENGE,
      VERIFIER.slice(1),
      `${VERIFIER}x`,
      "x".repeat(129),
      `${VERIFIER} `,
    ])
      expect(provesChallenge(wrong, CHALLENGE), wrong).toBe(false);
    expect(provesChallenge(VERIFIER, VERIFIER)).toBe(false);
    expect(provesChallenge(VERIFIER, "")).toBe(false);
  });

  it("is never its own challenge: that method is none", () => {
    expect(isCodeChallenge(CHALLENGE)).toBe(true);
    for (const wrong of ["", `${CHALLENGE}=`, CHALLENGE.slice(1), `${CHALLENGE}x`])
      expect(isCodeChallenge(wrong), wrong).toBe(false);
  });
});
