import { describe, expect, it } from "vitest";
import { failureOf, isSignedOut, problemOf } from "./problem-of.ts";

const problem = {
  type: "/docs/errors#unauthenticated",
  title: "No valid credential was sent",
  status: 401,
  code: "unauthenticated",
  detail: "Sign in.",
};

describe("failureOf", () => {
  it("hands out the server's own problem", () => {
    expect(failureOf({ data: { problem } })).toEqual({ kind: "problem", problem });
  });
  it("says that no answer came for everything else", () => {
    expect(failureOf(new TypeError("Failed to fetch"))).toEqual({
      kind: "unreachable",
      message: "Failed to fetch",
    });
    expect(problemOf({ data: { problem: { status: "401" } } })).toBeUndefined();
    expect(problemOf(null)).toBeUndefined();
  });
});

describe("isSignedOut", () => {
  it("is a 401 and nothing else", () => {
    expect(isSignedOut({ data: { problem } })).toBe(true);
    expect(isSignedOut({ data: { problem: { ...problem, status: 403 } } })).toBe(false);
    expect(isSignedOut(new Error("401"))).toBe(false);
  });
});
