import { describe, expect, it } from "vitest";
import { diagnosticsOf, offsetOf } from "./problem-ranges.ts";

function docOf(text: string) {
  const lines = text.split("\n");
  return {
    lines: lines.length,
    length: text.length,
    line(number: number) {
      const from = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
      const line = lines[number - 1] ?? "";
      return { from, to: from + line.length, text: line };
    },
  };
}

const doc = docOf("kind: Workflow\nspec:\n  riskTier: huge\n");
const problem = (line: number, column: number) => ({ line, column, path: "", message: "m" });

describe("a problem's place in the editor", () => {
  it("is its word, at its line and column", () => {
    const [found] = diagnosticsOf(doc, [problem(3, 13)]);
    expect([found?.from, found?.to]).toEqual([33, 37]);
  });
  it("is the rest of the line when no word begins there", () => {
    const [found] = diagnosticsOf(doc, [problem(1, 6)]);
    expect([found?.from, found?.to]).toEqual([5, 14]);
  });
  it("stays inside a text that has grown shorter meanwhile", () => {
    expect(offsetOf(doc, 99, 99)).toBe(doc.length);
    expect(offsetOf(doc, 0, 0)).toBe(0);
    expect(offsetOf(doc, 2, 99)).toBe(20);
  });
});
