import { Malformed } from "./malformed.ts";
import { HASH_BYTES, nodeHash, rootOver } from "./merkle-hash.ts";
import { isCount, type TreeNode } from "./merkle-paths.ts";

export interface HashedNode extends TreeNode {
  readonly hash: Buffer;
}

/**
 * All that is needed to grow an RFC 6962 tree: the roots of its maximal complete subtrees ("peaks"), one for each bit of
 * its size. Appending n leaves costs about n hashes, whatever the tree's size.
 */
export class CompactRange {
  #size: number;
  readonly #peaks: Buffer[];

  /**
   * An empty tree, or one as it was stored.
   * @param peaks as `peaks()` returned them: 32 bytes each, largest subtree first
   */
  constructor(size = 0, peaks: readonly Uint8Array[] = []) {
    if (!isCount(size)) throw new Malformed(`${size} is not a number of leaves`);
    if (peaks.length !== ones(size)) {
      throw new Malformed(`a tree of ${size} leaves has ${ones(size)} peaks, not ${peaks.length}`);
    }
    if (peaks.some((peak) => peak.length !== HASH_BYTES)) {
      throw new Malformed(`a peak has ${HASH_BYTES} bytes`);
    }
    this.#size = size;
    this.#peaks = peaks.map((peak) => Buffer.from(peak));
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** From the largest subtree to the smallest. */
  peaks(): Buffer[] {
    return [...this.#peaks];
  }

  /** RFC 6962 §2.1 root. */
  root(): Buffer {
    return rootOver(this.#peaks);
  }

  /**
   * Adds a leaf on the right.
   * @param leafHash 32 bytes
   * @param completed is called for each subtree that this leaf completes, level 1 and up
   */
  append(leafHash: Uint8Array, completed?: (node: HashedNode) => void): void {
    if (leafHash.length !== HASH_BYTES) throw new Malformed(`a leaf hash has ${HASH_BYTES} bytes`);
    let hash: Buffer = Buffer.from(leafHash);
    let [level, index] = [0, this.#size];
    for (; index % 2 === 1; index = (index - 1) / 2) {
      // One peak for each bit of the size: there is one.
      hash = nodeHash(this.#peaks.pop() as Buffer, hash);
      level += 1;
      completed?.({ level, index: (index - 1) / 2, hash });
    }
    this.#peaks.push(hash);
    this.#size += 1;
  }
}

function ones(size: number): number {
  let [count, rest] = [0, size];
  for (; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
