import { createHash } from "node:crypto";

/** What the first event of a tenant chains to: 32 zero bytes. */
export const GENESIS: Buffer = Buffer.alloc(32);

const LEAF_PREFIX = Buffer.of(0x00);

/** RFC 6962 §2.1 leaf hash: SHA-256(0x00 ‖ UTF-8 bytes of the canonical text). 32 bytes. */
export function leafHash(canonicalText: string): Buffer {
  return createHash("sha256").update(LEAF_PREFIX).update(canonicalText, "utf8").digest();
}

/** SHA-256(previous chain hash ‖ leaf hash). 32 bytes each. */
export function chainHash(previous: Uint8Array, leaf: Uint8Array): Buffer {
  return createHash("sha256").update(previous).update(leaf).digest();
}

/** One sealed event, as stored. */
export interface ChainLink {
  readonly seq: number;
  readonly text: string;
  readonly leafHash: Uint8Array;
  readonly previousChainHash: Uint8Array;
  readonly chainHash: Uint8Array;
}

/** A sealed event whose text is withheld. */
export interface HiddenLink extends Omit<ChainLink, "text"> {
  /** The leaf hash of the text as it is now: what `leafHash`, as stored, has to be. */
  readonly textHash: Uint8Array;
}

/** The same event for a reader who may not see it. */
export function hideText({ text, ...link }: ChainLink): HiddenLink {
  return { ...link, textHash: leafHash(text) };
}

export type ChainFault =
  | "sequence_gap"
  | "leaf_hash_differs"
  | "previous_hash_differs"
  | "chain_hash_differs";

/**
 * Follows a tenant's chain from `previous` (by default its beginning).
 * @returns the first link that is wrong and how, or undefined when all are right
 */
export function firstChainFault(
  links: Iterable<ChainLink | HiddenLink>,
  previous: { seq: number; chainHash: Uint8Array } = { seq: 0, chainHash: GENESIS },
): { seq: number; fault: ChainFault } | undefined {
  let { seq, chainHash: hash } = previous;
  for (const link of links) {
    seq += 1;
    const fault = faultOf(link, seq, hash);
    if (fault) return { seq, fault };
    hash = link.chainHash;
  }
  return undefined;
}

function faultOf(
  link: ChainLink | HiddenLink,
  seq: number,
  hash: Uint8Array,
): ChainFault | undefined {
  if (link.seq !== seq) return "sequence_gap";
  const textHash = "text" in link ? leafHash(link.text) : Buffer.from(link.textHash);
  if (!textHash.equals(link.leafHash)) return "leaf_hash_differs";
  if (!Buffer.from(hash).equals(link.previousChainHash)) return "previous_hash_differs";
  if (!chainHash(hash, link.leafHash).equals(link.chainHash)) return "chain_hash_differs";
  return undefined;
}
