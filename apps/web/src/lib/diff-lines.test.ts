import { describe, expect, it } from "vitest";
import { type DiffLine, diffCounts, diffHunks, diffLines } from "./diff-lines.ts";

const rebuild = (lines: DiffLine[], side: "removed" | "added") =>
  lines
    .filter((line) => line.kind === "same" || line.kind === side)
    .map((line) => line.text)
    .join("\n");

/** A small deterministic generator: the same texts in each run. */
function texts(seed: number): [string, string] {
  let state = seed;
  const next = (bound: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % bound;
  };
  const text = () => Array.from({ length: next(12) }, () => "abc"[next(3)]).join("\n");
  return [text(), text()];
}

describe("diffLines", () => {
  it("gives back both texts, whatever they are", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const [before, after] = texts(seed);
      const lines = diffLines(before, after);
      expect(rebuild(lines, "removed")).toBe(before);
      expect(rebuild(lines, "added")).toBe(after);
    }
  });

  it("changes no more than it must, and numbers both sides", () => {
    const lines = diffLines("a\nb\nc\nd", "a\nx\nc\nd\ne");
    expect(diffCounts(lines)).toEqual({ added: 2, removed: 1 });
    expect(lines.map(({ kind, oldLine, newLine }) => [kind, oldLine, newLine])).toEqual([
      ["same", 1, 1],
      ["removed", 2, null],
      ["added", null, 2],
      ["same", 3, 3],
      ["same", 4, 4],
      ["added", null, 5],
    ]);
  });

  it("finds nothing between equal texts", () => {
    expect(diffCounts(diffLines("a\nb", "a\nb"))).toEqual({ added: 0, removed: 0 });
  });
});

describe("diffHunks", () => {
  const numbers = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
  const changed = (...at: number[]) =>
    numbers.map((line, index) => (at.includes(index + 1) ? "x" : line));

  it("shows each change with its surroundings", () => {
    const hunks = diffHunks(diffLines(numbers.join("\n"), changed(5, 30).join("\n")), 2);
    expect(hunks.map((hunk) => [hunk[0]?.oldLine, hunk.at(-1)?.oldLine])).toEqual([
      [3, 7],
      [28, 32],
    ]);
  });

  it("makes one of two whose surroundings meet", () => {
    const lines = diffLines(numbers.join("\n"), changed(5, 8).join("\n"));
    const hunks = diffHunks(lines, 3);
    expect(hunks).toHaveLength(1);
    expect(new Set(hunks[0]).size).toBe(hunks[0]?.length);
  });
});
