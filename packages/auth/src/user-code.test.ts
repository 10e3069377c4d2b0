import { describe, expect, it } from "vitest";
import { newUserCode, readUserCode } from "./user-code.ts";

describe("a user code", () => {
  it("is eight consonants in two groups, and a new one each time", () => {
    const codes = Array.from({ length: 500 }, newUserCode);
    for (const code of codes)
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.join("").replaceAll("-", "")).size).toBe(20);
  });

  it.each(["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "BC-DF-GH-JK"])(
    "is read as people type it: %s",
    (typed) => expect(readUserCode(typed)).toBe("BCDF-GHJK"),
  );

  it.each(["", "BCDF-GHJ", "BCDF-GHJKL", "ABCD-EFGH", "BCDF_GHJK", "BCDF-GHJ1"])(
    "is not %s",
    (typed) => expect(readUserCode(typed)).toBeUndefined(),
  );
});
