import { describe, expect, it } from "vitest";
import { parseBearer } from "./bearer.ts";

describe("the Authorization header", () => {
  it.each(["Bearer abc", "bearer abc", "BEARER abc"])("%s carries the token", (header) => {
    expect(parseBearer(header)).toEqual({ kind: "token", token: "abc" });
    expect(parseBearer([header])).toEqual({ kind: "token", token: "abc" });
  });

  it("may be absent", () => {
    expect(parseBearer(undefined)).toEqual({ kind: "none" });
  });

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Bearer  abc",
    " Bearer abc",
    "Bearer abc ",
    "Bearer\tabc",
    "Bearer abc def",
    "Bearer abc,Bearer def",
    "Bearer abc, def",
    "Bearerabc",
    "Basic abc",
    "Bearer ab=c",
    "Bearer =",
    "Bearer abc\n",
    "Bearer ab\u0000c",
    "Bearer äbc",
    'Bearer "abc"',
    "abc",
    "Bearer,abc",
    `Bearer ${"a".repeat(10_000)}`,
  ])("%j is malformed, never ignored", (header) => {
    expect(parseBearer(header)).toEqual({ kind: "malformed" });
  });

  it("is malformed when it was sent twice", () => {
    expect(parseBearer(["Bearer abc", "Bearer def"])).toEqual({ kind: "malformed" });
    expect(parseBearer([])).toEqual({ kind: "malformed" });
  });
});
