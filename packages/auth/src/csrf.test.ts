import { describe, expect, it } from "vitest";
import { isCrossSite } from "./csrf.ts";

const OWN = "https://aic.example";
const SIBLING = "https://evil.aic.example";

describe("a request that changes something", () => {
  // [Sec-Fetch-Site, Origin, refused]
  const table: [string | undefined, string | undefined, boolean][] = [
    ["same-origin", OWN, false],
    ["same-origin", undefined, false],
    // Behind a development proxy the browser's own address is not the configured one; the browser knows.
    ["same-origin", "http://localhost:5173", false],
    ["none", undefined, false],
    ["same-site", SIBLING, true],
    ["same-site", OWN, true],
    ["same-site", undefined, true],
    ["cross-site", "https://evil.example", true],
    ["cross-site", OWN, true],
    ["cross-site", undefined, true],
    ["", OWN, true],
    ["Same-Origin", OWN, true],
    ["same-origin, cross-site", OWN, true],
    ["something-new", OWN, true],
    [undefined, OWN, false],
    [undefined, SIBLING, true],
    [undefined, "https://evil.example", true],
    [undefined, "http://aic.example", true],
    [undefined, "https://aic.example:8443", true],
    [undefined, "https://aic.example.evil.example", true],
    [undefined, "https://AIC.example", true],
    [undefined, `${OWN}, https://evil.example`, true],
    [undefined, "null", true],
    [undefined, "", true],
    [undefined, undefined, true],
  ];

  it.each(table)(
    "with a session, Sec-Fetch-Site %s and Origin %s: refused %s",
    (site, origin, refused) => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "get", ""]) {
        for (const credentialKind of ["session", undefined] as const) {
          const request = { method, credentialKind, secFetchSite: site, origin, ownOrigin: OWN };
          expect(isCrossSite(request)).toBe(refused);
        }
      }
    },
  );

  it("by a key is exempt: no page can add one", () => {
    for (const credentialKind of ["api_key", "platform_key", "access_token"] as const) {
      const request = {
        method: "POST",
        credentialKind,
        secFetchSite: "cross-site",
        origin: SIBLING,
      };
      expect(isCrossSite({ ...request, ownOrigin: OWN })).toBe(false);
    }
  });
});

describe("a request that only reads", () => {
  it.each(["GET", "HEAD", "OPTIONS"])("%s may come from anywhere", (method) => {
    const request = { method, credentialKind: "session", secFetchSite: "cross-site" } as const;
    expect(isCrossSite({ ...request, origin: "https://evil.example", ownOrigin: OWN })).toBe(false);
  });
});
