import { describe, expect, it } from "vitest";
import { isAllowed, judgeLicences } from "./licences.ts";

const installed = (licence: string) => [{ name: "x", version: "1.0.0", licence }];

describe("a licence", () => {
  it.each([
    "MIT",
    "(MIT OR GPL-3.0)",
    "MIT AND ISC",
    "MIT and ISC",
    "(Apache-2.0 OR (MIT AND 0BSD))",
  ])("%s is allowed", (licence) => {
    expect(isAllowed(licence)).toBe(true);
  });

  it.each([
    "GPL-3.0",
    "AGPL-3.0-only",
    "EPL-2.0",
    "MIT AND GPL-2.0",
    "(MIT OR ISC) AND (GPL-2.0 OR SSPL-1.0)",
    "SEE LICENSE IN x",
    "",
    "none stated",
  ])("%s is refused", (licence) => {
    expect(isAllowed(licence)).toBe(false);
  });
});

describe("the check of licences", () => {
  it("names the package, its licence and what to do", () => {
    expect(judgeLicences(installed("AGPL-3.0-only"), {})).toEqual([
      expect.stringMatching(/^x@1\.0\.0 is licensed AGPL-3\.0-only: use another package/),
    ]);
  });

  it("accepts a named exception, and complains about one that is not needed", () => {
    expect(judgeLicences(installed("Zlib"), { x: "a development tool" })).toEqual([]);
    expect(judgeLicences(installed("MIT"), { x: "a development tool" })).toHaveLength(1);
  });
});
