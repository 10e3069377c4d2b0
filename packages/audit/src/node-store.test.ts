import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "./chain.ts";
import { CompactRange } from "./compact-range.ts";
import { consistencyProof, inclusionProof } from "./merkle.ts";
import {
  compactRangeAt,
  consistencyProofFrom,
  inclusionProofFrom,
  type NodeStore,
  STORED_LEVEL,
  TreeIncomplete,
} from "./node-store.ts";

const EVENTS = 5_000;
const LEAVES = Array.from({ length: EVENTS }, (_, n) => leafHash(`event ${n + 1}`));

/** What a sealer would have stored of the first `size` events. */
function storeOf(size: number) {
  const rows = new Map<string, Buffer>();
  const range = new CompactRange();
  for (const leaf of LEAVES.slice(0, size)) {
    range.append(leaf, ({ level, index, hash }) => {
      if (level >= STORED_LEVEL) rows.set(`${level}/${index}`, hash);
    });
  }
  const asked = { nodes: 0, leaves: 0, calls: 0 };
  const store: NodeStore = {
    nodes: (wanted) => {
      asked.nodes += wanted.length;
      asked.calls += 1;
      return Promise.resolve(
        wanted.flatMap(({ level, index }) => rows.get(`${level}/${index}`) ?? []),
      );
    },
    leaves: (wanted) => {
      asked.leaves += wanted.reduce((sum, { begin, end }) => sum + end - begin, 0);
      asked.calls += 1;
      return Promise.resolve(
        wanted.map(({ begin, end }) => LEAVES.slice(0, size).slice(begin, end)),
      );
    },
  };
  return { store, rows, asked };
}

const sizes = fc.integer({ min: 1, max: EVENTS });

describe("a proof from stored nodes", () => {
  const { store, rows } = storeOf(EVENTS);

  it("is the proof from all leaves, at any size and for any leaf", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, n) => {
        const index = n % size;
        const leaves = LEAVES.slice(0, size);
        expect(await inclusionProofFrom(store, index, size)).toEqual(inclusionProof(leaves, index));
        const from = index + 1;
        expect(await consistencyProofFrom(store, from, size)).toEqual(
          consistencyProof(leaves, from),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("needs one row for every 128 events, and two questions for one proof", async () => {
    expect(rows.size).toBeLessThan(EVENTS / 128);
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, n) => {
        const { asked, store: counted } = storeOf(EVENTS);
        await inclusionProofFrom(counted, n % size, size);
        expect(asked.calls).toBeLessThanOrEqual(2);
        expect(asked.nodes).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(EVENTS / 256)));
        expect(asked.leaves).toBeLessThanOrEqual(512);
      }),
      { numRuns: 10 },
    );
  });

  it("gives back the tree's state at any size", async () => {
    for (const size of [0, 1, 255, 256, 257, 3_000, EVENTS]) {
      const range = new CompactRange();
      for (const leaf of LEAVES.slice(0, size)) range.append(leaf);
      const found = await compactRangeAt(store, size);
      expect([found.size, found.peaks()]).toEqual([range.size, range.peaks()]);
    }
  });

  it("is refused, not invented, where the store has a gap", async () => {
    const { store: holed, rows: few } = storeOf(1_000);
    few.delete("9/0");
    await expect(inclusionProofFrom(holed, 700, 1_000)).rejects.toThrow(TreeIncomplete);
    await expect(inclusionProofFrom(holed, 300, 2_000)).rejects.toThrow(TreeIncomplete);
  });
});
