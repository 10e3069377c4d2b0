import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "./chain.ts";
import { consistencyProof, inclusionProof, merkleRoot } from "./merkle.ts";
import { verifyConsistency, verifyInclusion } from "./merkle-verify.ts";

const MAX_LEAVES = 2_000;
const LEAVES = Array.from({ length: MAX_LEAVES }, (_, n) => leafHash(`event ${n + 1}`));
const treeOf = (size: number): Buffer[] => LEAVES.slice(0, size);

const sizes = fc.integer({ min: 1, max: MAX_LEAVES });
/** A tree, and a leaf in it. */
const places = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }),
);
const flips = fc.record({ byte: fc.nat(31), bit: fc.nat(7) });
const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString("hex"));

function flip(hash: Uint8Array, { byte, bit }: { byte: number; bit: number }): Buffer {
  const copy = Buffer.from(hash);
  copy.writeUInt8(copy.readUInt8(byte) ^ (1 << bit), byte);
  return copy;
}

/** RFC 6962 §2.1 word for word, by another way than the code. */
function recursiveRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return createHash("sha256").digest();
  if (leaves.length === 1) return first;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return createHash("sha256")
    .update(Buffer.of(1))
    .update(recursiveRoot(leaves.slice(0, k)))
    .update(recursiveRoot(leaves.slice(k)))
    .digest();
}

describe("the tree of a log", () => {
  // Computed by an independent implementation of RFC 6962 in Python.
  it("has the roots and proofs that another implementation computes", () => {
    expect(hex([0, 1, 2, 3, 7, 8, 11].map((size) => merkleRoot(treeOf(size))))).toEqual([
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "189a944dd1bd99ed6685a75670d57a64591e901d32714d6f6c58e55d8a9edb46",
      "7477cad965bfb8a840b004b58db212b13c03d747e0fe486d0db0f4540ef5d7f7",
      "5b9e1580fefaab42798bd0572f5add41a7f314b80717ace1e790110e9eb66560",
      "8d9b15ec3474c845d6d615c83eeb63beed4354952d8ccb8fc31c9ce653aa476c",
      "1d16a95f31052bbd931cf6b992dd26b9f07997bd54dd585f3615b1ff4206260b",
      "ce0820d997bdfb1cd763f7b31e70e78dcfd1b0ee579f8a96e4cec157f51cd8ac",
    ]);
    expect(hex(inclusionProof(treeOf(11), 6))).toEqual([
      "2210017009065b3c9561ae2084ec8a43a62651195e4e8acb74279e49d3252084",
      "2432413b34fc1712ba34c4fe3a20a050bd6a8371e6180fe17b6c14d93eb51765",
      "89ac7e19ca41314926adebda32d288fefa1887979c51b98df9cc076b0cb47b6d",
      "bf479d26a12f7f2a44606fe5e8066aded878b71786a6c65759d1134453f2ceb1",
    ]);
    expect(hex(consistencyProof(treeOf(11), 6))).toEqual([
      "2432413b34fc1712ba34c4fe3a20a050bd6a8371e6180fe17b6c14d93eb51765",
      "b9015c9b61a99243ba3332a7f06bbad7e9823ec0ea18a9501e31ead31fd1adef",
      "89ac7e19ca41314926adebda32d288fefa1887979c51b98df9cc076b0cb47b6d",
      "bf479d26a12f7f2a44606fe5e8066aded878b71786a6c65759d1134453f2ceb1",
    ]);
  });

  it("has the root of RFC 6962's definition at every size", () => {
    for (let size = 0; size <= 300; size += 1) {
      expect(merkleRoot(treeOf(size))).toEqual(recursiveRoot(treeOf(size)));
    }
  });

  it("proves every leaf of every small tree, and that each continues each smaller one", () => {
    for (let size = 1; size <= 33; size += 1) {
      const root = merkleRoot(treeOf(size));
      for (let at = 0; at < size; at += 1) {
        const leaf = LEAVES[at] as Buffer;
        const proof = inclusionProof(treeOf(size), at);
        expect(verifyInclusion({ index: at, size, leafHash: leaf, root, proof })).toBe(true);
        const from = at + 1;
        const fromRoot = merkleRoot(treeOf(from));
        const link = consistencyProof(treeOf(size), from);
        expect(verifyConsistency({ from, to: size, fromRoot, toRoot: root, proof: link })).toBe(
          true,
        );
      }
    }
  });

  it("cannot prove what is not in it", () => {
    expect(() => inclusionProof(treeOf(5), 5)).toThrow("has no leaf 5");
    expect(() => inclusionProof(treeOf(5), 1, 6)).toThrow("cannot be built of 5");
    expect(() => consistencyProof(treeOf(5), 0)).toThrow("is not the beginning");
    expect(() => consistencyProof(treeOf(5), 4, 3)).toThrow("is not the beginning");
  });
});

describe("an inclusion proof", () => {
  it("holds for its leaf in its tree, and for nothing else", () => {
    fc.assert(
      fc.property(places, flips, fc.nat(), fc.nat(MAX_LEAVES), (place, change, which, other) => {
        const { size, index } = place;
        const claim = {
          index,
          size,
          leafHash: LEAVES[index] as Buffer,
          root: merkleRoot(treeOf(size)),
          proof: inclusionProof(treeOf(size), index),
        };
        const { proof } = claim;
        const holds = (over: Partial<typeof claim>): boolean =>
          verifyInclusion({ ...claim, ...over });
        expect(holds({})).toBe(true);
        expect(holds({ leafHash: flip(claim.leafHash, change) })).toBe(false);
        expect(holds({ root: flip(claim.root, change) })).toBe(false);
        if (other !== index) expect(holds({ index: other })).toBe(false);
        expect(holds({ index: -1 })).toBe(false);
        expect(holds({ index: index + 0.5 })).toBe(false);
        expect(holds({ proof: [...proof, claim.root] })).toBe(false);
        expect(holds({ proof: [claim.root, ...proof] })).toBe(false);
        if (proof.length > 0) {
          const at = which % proof.length;
          const step = proof[at] as Buffer;
          expect(holds({ proof: proof.with(at, flip(step, change)) })).toBe(false);
          expect(holds({ proof: proof.with(at, step.subarray(1)) })).toBe(false);
          expect(holds({ proof: proof.toSpliced(at, 1) })).toBe(false);
          expect(holds({ proof: proof.toSpliced(at, 0, step) })).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  // A path's shape can be that of several sizes; then the root is what tells them apart.
  it("does not hold for the root of another size", () => {
    fc.assert(
      fc.property(places, sizes, ({ size, index }, other) => {
        fc.pre(other !== size && other > index);
        const proof = inclusionProof(treeOf(size), index);
        const claim = { index, size: other, leafHash: LEAVES[index] as Buffer, proof };
        expect(verifyInclusion({ ...claim, root: merkleRoot(treeOf(other)) })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a consistency proof", () => {
  const pairs = sizes.chain((to) =>
    fc.record({ from: fc.integer({ min: 1, max: to }), to: fc.constant(to) }),
  );

  it("holds for its two trees, and for nothing else", () => {
    fc.assert(
      fc.property(pairs, flips, fc.nat(), ({ from, to }, change, which) => {
        const claim = {
          from,
          to,
          fromRoot: merkleRoot(treeOf(from)),
          toRoot: merkleRoot(treeOf(to)),
          proof: consistencyProof(treeOf(to), from),
        };
        const { proof } = claim;
        const holds = (over: Partial<typeof claim>): boolean =>
          verifyConsistency({ ...claim, ...over });
        expect(holds({})).toBe(true);
        expect(holds({ fromRoot: flip(claim.fromRoot, change) })).toBe(false);
        expect(holds({ toRoot: flip(claim.toRoot, change) })).toBe(false);
        expect(holds({ from: to, to: from })).toBe(from === to);
        expect(holds({ from: 0 })).toBe(false);
        expect(holds({ from: to + 1 })).toBe(false);
        expect(holds({ proof: [...proof, claim.toRoot] })).toBe(false);
        expect(holds({ proof: [claim.fromRoot, ...proof] })).toBe(false);
        if (from !== to) {
          const at = which % proof.length;
          const step = proof[at] as Buffer;
          expect(holds({ proof: proof.with(at, flip(step, change)) })).toBe(false);
          expect(holds({ proof: proof.toSpliced(at, 1) })).toBe(false);
          expect(holds({ proof: [] })).toBe(false);
          expect(holds({ fromRoot: claim.toRoot, toRoot: claim.fromRoot })).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not hold for a tree whose beginning was changed", () => {
    fc.assert(
      fc.property(pairs, fc.nat(), ({ from, to }, which) => {
        fc.pre(from < to);
        const rewritten = treeOf(to).with(which % from, leafHash("another"));
        const claim = { from, to, fromRoot: merkleRoot(treeOf(from)) };
        const proof = consistencyProof(rewritten, from);
        const toRoot = merkleRoot(rewritten);
        expect(verifyConsistency({ ...claim, toRoot, proof })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
