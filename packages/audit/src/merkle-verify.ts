import { Climb } from "./climb.ts";
import { HASH_BYTES, nodeHash, sameHash } from "./merkle-hash.ts";
import { isCount } from "./merkle-paths.ts";

export interface InclusionClaim {
  /** Of the leaf, from 0. */
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export interface ConsistencyClaim {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** True when the leaf is at `index` of the tree with this size and root: RFC 9162 §2.1.3.2. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, leafHash, root, proof } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let hash = leafHash;
  const climb = new Climb(index, size - 1);
  for (const sibling of proof) {
    const side = climb.next();
    if (side === undefined) return false;
    hash = side === "left" ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return climb.atTop && sameHash(hash, root);
}

/**
 * True when the tree of `from` leaves is the beginning of the tree of `to` leaves: RFC 9162 §2.1.4.2.
 * Of an empty tree nothing can be proved: false.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) return false;
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot);
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  // A smaller tree that is a subtree of the larger is not in the proof, for its root is known.
  const climb = new Climb(from - 1, to - 1);
  climb.skipRightEdges();
  const [start, ...path] = climb.atSubtree ? [fromRoot, ...proof] : proof;
  if (start === undefined || proof.length === 0) return false;
  const roots = bothRoots(start, path, climb);
  return roots !== undefined && sameHash(roots.small, fromRoot) && sameHash(roots.large, toRoot);
}

/** What the roots of the smaller and the larger tree come to; undefined when the path has another length. */
function bothRoots(
  start: Uint8Array,
  path: readonly Uint8Array[],
  climb: Climb,
): { small: Uint8Array; large: Uint8Array } | undefined {
  let [small, large] = [start, start];
  for (const sibling of path) {
    const side = climb.next();
    if (side === undefined) return undefined;
    if (side === "left") small = nodeHash(sibling, small);
    large = side === "left" ? nodeHash(sibling, large) : nodeHash(large, sibling);
  }
  return climb.atTop ? { small, large } : undefined;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}
