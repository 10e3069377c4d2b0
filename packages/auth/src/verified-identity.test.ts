import { describe, expect, it } from "vitest";
import { identityOfClaims, STANDARD_CLAIMS } from "./verified-identity.ts";

const token = { issuer: "https://idp.example", subject: "person-1", idToken: "x.y.z" };

describe("the claims of a provider", () => {
  it("may be missing, all but the subject", () => {
    expect(identityOfClaims({}, token)).toEqual({
      ...token,
      email: null,
      emailVerified: false,
      name: null,
      groups: [],
      groupsWithheld: false,
      sid: null,
    });
  });

  it.each([false, "false", "yes", 1, null, undefined, ["true"]])(
    "leave an address unverified when email_verified is %j",
    (email_verified) => {
      const identity = identityOfClaims({ email: "a@b.example", email_verified }, token);
      expect(identity.emailVerified).toBe(false);
    },
  );

  it("verify an address by true or the word", () => {
    for (const email_verified of [true, "true"]) {
      const identity = identityOfClaims({ email: "a@b.example", email_verified }, token);
      expect(identity.emailVerified).toBe(true);
    }
  });

  it("are left out where they are not usable, never passed on raw", () => {
    const identity = identityOfClaims(
      {
        email: "not an address",
        email_verified: true,
        name: "a\u0000b",
        sid: "with blank",
        groups: ["ok", "", 7, null, "ok", "nul\u0000", "x".repeat(300), ["nested"]],
      },
      token,
    );
    expect(identity).toEqual({
      ...token,
      email: null,
      emailVerified: false,
      name: null,
      groups: ["ok"],
      groupsWithheld: false,
      sid: null,
    });
  });

  it("may name one group as a text, and never more than a thousand", () => {
    expect(identityOfClaims({ groups: "one" }, token).groups).toEqual(["one"]);
    const many = Array.from({ length: 5000 }, (_, index) => `group-${index}`);
    expect(identityOfClaims({ groups: many }, token).groups).toHaveLength(1000);
  });

  it.each([
    [{ _claim_names: { groups: "src1" } }, true],
    [{ hasgroups: true }, true],
    [{ groups: null, _claim_names: { groups: "src1" } }, true],
    [{ groups: [], _claim_names: { groups: "src1" } }, false],
    [{ _claim_names: { other: "src1" } }, false],
    [{ _claim_names: ["groups"] }, false],
    [{ _claim_names: null, hasgroups: "true" }, false],
    [{}, false],
  ])("that are %j withhold the groups: %s", (claims, withheld) => {
    expect(identityOfClaims(claims, token).groupsWithheld).toBe(withheld);
  });

  it("are read under the names that the tenant gave them", () => {
    const names = { ...STANDARD_CLAIMS, email: "upn", groups: "roles" };
    const identity = identityOfClaims(
      { upn: "A@B.example", email: "x@y.example", roles: ["r"] },
      token,
      names,
    );
    expect(identity).toMatchObject({ email: "a@b.example", groups: ["r"] });
  });
});
