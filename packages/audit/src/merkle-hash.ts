import { createHash } from "node:crypto";

export const HASH_BYTES = 32;

/** RFC 6962 §2.1: the root of a tree without leaves, SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = createHash("sha256").digest();

const NODE_PREFIX = Buffer.of(0x01);

/** RFC 6962 §2.1 hash of an inner node: SHA-256(0x01 ‖ left ‖ right). 32 bytes each. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(NODE_PREFIX).update(left).update(right).digest();
}

/**
 * Root over neighbouring complete subtrees, each smaller than the one to its left: the shape of every RFC 6962 tree.
 * @param subtrees their hashes from left to right
 */
export function rootOver(subtrees: readonly Uint8Array[]): Buffer {
  if (subtrees.length === 0) return EMPTY_ROOT;
  return Buffer.from(subtrees.reduceRight((right, left) => nodeHash(left, right)));
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
