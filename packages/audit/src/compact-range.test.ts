import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "./chain.ts";
import { CompactRange, type HashedNode } from "./compact-range.ts";
import { Malformed } from "./malformed.ts";
import { merkleRoot } from "./merkle.ts";

const LEAVES = Array.from({ length: 2_000 }, (_, n) => leafHash(`event ${n + 1}`));

function grown(size: number): CompactRange {
  const range = new CompactRange();
  for (const leaf of LEAVES.slice(0, size)) range.append(leaf);
  return range;
}

describe("a compact range", () => {
  it("has the root of its tree at every size", () => {
    const range = new CompactRange();
    expect(range.root()).toEqual(merkleRoot([]));
    for (const [at, leaf] of LEAVES.slice(0, 300).entries()) {
      range.append(leaf);
      expect(range.root()).toEqual(merkleRoot(LEAVES.slice(0, at + 1)));
    }
  });

  it("goes on from what was stored as if it had never stopped", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), (a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        const stored = grown(small);
        const resumed = new CompactRange(stored.size, stored.peaks());
        for (const leaf of LEAVES.slice(small, large)) resumed.append(leaf);
        expect(resumed.root()).toEqual(grown(large).root());
        expect(resumed.peaks()).toEqual(grown(large).peaks());
      }),
      { numRuns: 30 },
    );
  });

  it("keeps one hash for each bit of its size", () => {
    expect(grown(1_024).peaks()).toHaveLength(1);
    expect(grown(1_023).peaks()).toHaveLength(10);
  });

  it("tells each complete subtree once, with its root", () => {
    const nodes: HashedNode[] = [];
    const range = new CompactRange();
    for (const leaf of LEAVES.slice(0, 777)) range.append(leaf, (node) => nodes.push(node));
    const names = nodes.map(({ level, index }) => `${level}/${index}`);
    expect(new Set(names).size).toBe(nodes.length);
    expect(nodes).toHaveLength(
      Array.from({ length: 10 }, (_, level) => Math.floor(777 / 2 ** (level + 1))).reduce(
        (sum, count) => sum + count,
      ),
    );
    for (const { level, index, hash } of nodes) {
      const width = 2 ** level;
      expect(hash).toEqual(merkleRoot(LEAVES.slice(index * width, (index + 1) * width)));
    }
  });

  it("keeps its own copy of what it is given", () => {
    const leaf = Buffer.from(LEAVES[0] as Buffer);
    const range = new CompactRange();
    range.append(leaf);
    leaf.fill(0);
    expect(range.root()).toEqual(LEAVES[0]);
  });

  it("refuses a stored state that is none", () => {
    const { size, peaks } = { size: 3, peaks: grown(3).peaks() };
    expect(() => new CompactRange(size, peaks.slice(1))).toThrow(Malformed);
    expect(() => new CompactRange(size + 1, peaks)).toThrow(
      "a tree of 4 leaves has 1 peaks, not 2",
    );
    expect(() => new CompactRange(size, [Buffer.alloc(31), Buffer.alloc(32)])).toThrow("32 bytes");
    expect(() => new CompactRange(-1)).toThrow(Malformed);
    expect(() => new CompactRange().append(Buffer.alloc(31))).toThrow("32 bytes");
  });
});
