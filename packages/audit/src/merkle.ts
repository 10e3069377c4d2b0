import { rootOver } from "./merkle-hash.ts";
import {
  completeSubtrees,
  consistencyPath,
  inclusionPath,
  type LeafRange,
} from "./merkle-paths.ts";

/** RFC 6962 §2.1 root of a tree, from all of its leaf hashes. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  return rootOfRange(leaves, { begin: 0, end: leaves.length });
}

/**
 * RFC 6962 §2.1.1 audit path, from all leaf hashes.
 * @param index of the leaf, from 0
 * @param size of the tree that the proof is for; by default all leaves
 */
export function inclusionProof(
  leaves: readonly Uint8Array[],
  index: number,
  size = leaves.length,
): Buffer[] {
  checkSize(leaves, size);
  return inclusionPath(index, size).map((range) => rootOfRange(leaves, range));
}

/** RFC 6962 §2.1.2 proof that the tree of the first `from` leaves is the beginning of the one of the first `to`. */
export function consistencyProof(
  leaves: readonly Uint8Array[],
  from: number,
  to = leaves.length,
): Buffer[] {
  checkSize(leaves, to);
  return consistencyPath(from, to).map((range) => rootOfRange(leaves, range));
}

function checkSize(leaves: readonly Uint8Array[], size: number): void {
  if (size > leaves.length) {
    throw new RangeError(`a tree of ${size} leaves cannot be built of ${leaves.length}`);
  }
}

function rootOfRange(leaves: readonly Uint8Array[], range: LeafRange): Buffer {
  return rootOver(
    completeSubtrees(range).map(({ level, index }) => {
      const width = 2 ** level;
      return rootOfComplete(leaves.slice(index * width, (index + 1) * width));
    }),
  );
}

/** Root of a complete subtree. `hashes` are 2^n leaf hashes. */
export function rootOfComplete(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(rootOver(row.slice(at, at + 2)));
    row = above;
  }
  const [root] = row;
  if (root === undefined) throw new RangeError("a complete subtree has at least one leaf");
  return root;
}
