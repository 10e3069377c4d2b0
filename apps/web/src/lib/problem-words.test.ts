import type { Problem } from "@aic-sos/contract/problem";
import { describe, expect, it } from "vitest";
import { problemWords } from "./problem-words.ts";

const problem = (parts: Partial<Problem>): Problem => ({
  type: "/docs/errors#forbidden",
  title: "Not allowed",
  status: 403,
  code: "forbidden",
  detail: "You may not publish here",
  ...parts,
});

describe("problemWords", () => {
  it("says why somebody may not", () => {
    expect(problemWords(problem({ reason: "auditor_never_mutates" }))).toBe(
      "You may not publish here. Reason: auditors change nothing.",
    );
  });
  it("says how long to wait", () => {
    expect(
      problemWords(problem({ code: "rate_limited", detail: "Too fast.", retryAfterSeconds: 16 })),
    ).toBe("Too fast. Try again in 16 seconds.");
  });
  it("says nothing twice", () => {
    const detail = "At most 3 in 60 s; try again in 16 s.";
    expect(problemWords(problem({ code: "rate_limited", detail, retryAfterSeconds: 16 }))).toBe(
      detail,
    );
    const reason = "region_mismatch";
    expect(
      problemWords(problem({ code: "region_mismatch", detail: "Another region.", reason })),
    ).toBe("Another region.");
  });
});
