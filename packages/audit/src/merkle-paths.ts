/** A complete subtree: the 2^level leaves from index × 2^level on. Level 0 are the leaves. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The leaves from `begin` (counted from 0) to before `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/**
 * Which parts of a tree of `size` leaves the inclusion proof of leaf `index` consists of: RFC 6962 §2.1.1, in its order.
 * Throws RangeError when the leaf is not in the tree.
 */
export function inclusionPath(index: number, size: number): LeafRange[] {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index} (they count from 0)`);
  }
  const path: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + leftLeaves(end - begin);
    if (index < middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  return path.toReversed();
}

/**
 * Which parts of the tree of `to` leaves prove that the tree of `from` leaves is its beginning: RFC 6962 §2.1.2, in its
 * order. Throws RangeError unless 0 < from ≤ to.
 */
export function consistencyPath(from: number, to: number): LeafRange[] {
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) {
    throw new RangeError(`a tree of ${from} leaves is not the beginning of one of ${to}`);
  }
  const path: LeafRange[] = [];
  let [begin, end] = [0, to];
  while (end !== from) {
    const middle = begin + leftLeaves(end - begin);
    if (from <= middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  // The smaller tree itself, unless it is a subtree of the larger one: then its root is known.
  if (begin > 0) path.push({ begin, end });
  return path.toReversed();
}

/** The complete subtrees that make up a range, from left to right: at most two per level. */
export function completeSubtrees({ begin, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = begin; at < end; ) {
    let [level, leaves, index] = [0, 1, at];
    while (index % 2 === 0 && at + leaves * 2 <= end) {
      level += 1;
      leaves *= 2;
      index /= 2;
    }
    nodes.push({ level, index });
    at += leaves;
  }
  return nodes;
}

/** Sizes and indexes are exact up to 2^53 − 1. */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Leaves of the left subtree: the largest power of two below `leaves` (2 or more). */
function leftLeaves(leaves: number): number {
  let power = 1;
  while (power * 2 < leaves) power *= 2;
  return power;
}
