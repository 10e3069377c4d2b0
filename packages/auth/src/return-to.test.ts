import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnTo } from "./return-to.ts";

describe("return_to", () => {
  it.each([
    "/",
    "/workflows",
    "/workflows/01890000-0000-8001-8000-000000000001/versions",
    "/runs?state=failed&cursor=abc%2Fdef%3D%3D",
    "/runs?filter=%7B%22a%22%3A1%7D",
    "/runs?next=https://evil.example//x",
    "/settings#keys",
    "/authors",
    "/names/Zo%C3%AB",
    "/a.b/c..d/~e/f:g@h",
  ])("%s is kept as it is", (text) => {
    expect(safeReturnTo(text)).toBe(text);
  });

  it.each([
    "",
    " ",
    "workflows",
    "evil.example",
    "./",
    "../",
    "?x",
    "#x",
    "@evil.example",
    "https://evil.example",
    "http:/evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil",
    "/\\/evil.example",
    "/a\\b",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil",
    "\t//evil",
    " //evil.example",
    "/ /evil.example",
    "/evil\u0000",
    "/a\u007f",
    "/\u00a0/evil",
    "/\u2028x",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "java\nscript:x",
    "/%2f/evil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%5Cevil",
    "/%2e%2e//evil",
    "/.%2e/x",
    "/%252fevil.example",
    "/%255cevil",
    "/%09/evil.example",
    "/%0d%0aSet-Cookie:a=b",
    "/a?x=%0d%0aSet-Cookie:a=b",
    "/a#%00",
    "/%00",
    "/a%7f",
    "/a?b=%c2%85",
    "/%C2%9B",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/a/../b",
    "/a/./b",
    "/..",
    "/.",
    "/a//b",
    "/%",
    "/%2",
    "/%zz",
    "/a?b=%",
    "/ünïcode",
    "/／evil.example",
    "/。/evil",
    "/<script>",
    '/"onload=',
    "/a b",
    "/a?b c",
    "/`x`",
    "/a^b",
    "/{x}",
    "/auth",
    "/auth/logout",
    "/AUTH/logout",
    "/auth?x",
    "/api/me",
    "/trpc/x",
    "/auth#x",
    `/${"a".repeat(1024)}`,
  ])("%j is refused", (text) => {
    expect(safeReturnTo(text)).toBeUndefined();
  });

  it("may be absent", () => {
    expect(safeReturnTo(undefined)).toBeUndefined();
  });

  it("never leads to another host, whatever it is", () => {
    const pieces = fc.constantFrom(
      "/",
      "//",
      "\\",
      ".",
      "..",
      "%2f",
      "%5c",
      "%09",
      "\t",
      "\n",
      "@",
      ":",
      "?",
      "#",
      "%",
      "evil.example",
      "https:",
      "javascript:",
      "a",
      "\u0000",
      "／",
    );
    const texts = fc.array(pieces, { maxLength: 8 }).map((list) => list.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const kept = safeReturnTo(text);
        if (kept === undefined) return;
        const there = new URL(kept, "https://own.example/auth/callback?code=1");
        expect(there.origin).toBe("https://own.example");
        expect(there.pathname.startsWith("//")).toBe(false);
        // The same after one more round of decoding, as a careless proxy might do.
        const decoded = decodeURIComponent(there.pathname);
        expect(new URL(decoded, "https://own.example").origin).toBe("https://own.example");
      }),
      { numRuns: 5000 },
    );
  });
});
