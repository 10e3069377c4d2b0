import { CompactRange } from "./compact-range.ts";
import { HASH_BYTES, rootOver } from "./merkle-hash.ts";
import { rootOfComplete } from "./merkle.ts";
import {
  completeSubtrees,
  consistencyPath,
  inclusionPath,
  type LeafRange,
  type TreeNode,
} from "./merkle-paths.ts";

/**
 * Complete subtrees of this level and above are stored, so one row for every 128 leaves. A smaller one is
 * computed from its leaves, which stand next to each other in the log.
 */
export const STORED_LEVEL = 8;

const BLOCK = 2 ** STORED_LEVEL;

/** Where a tree's hashes are kept. A proof asks each method at most once, for O(log n) nodes and 512 leaves at most. */
export interface NodeStore {
  /** Hashes of complete subtrees, all of STORED_LEVEL or above, in the order asked. */
  nodes(wanted: readonly TreeNode[]): Promise<readonly Uint8Array[]>;
  /** Leaf hashes of ranges (leaf i belongs to the event of seq i + 1), in the order asked. None is wider than 256. */
  leaves(wanted: readonly LeafRange[]): Promise<readonly (readonly Uint8Array[])[]>;
}

/** The store has fewer hashes than the tree it should hold: the proof cannot be made. */
export class TreeIncomplete extends Error {
  override readonly name = "TreeIncomplete";
}

/** RFC 6962 §2.1.1 audit path of leaf `index` (from 0) in the tree of the first `size` leaves. */
export async function inclusionProofFrom(
  store: NodeStore,
  index: number,
  size: number,
): Promise<Buffer[]> {
  return rootsOf(store, inclusionPath(index, size));
}

/** RFC 6962 §2.1.2 proof between the trees of the first `from` and the first `to` leaves. */
export async function consistencyProofFrom(
  store: NodeStore,
  from: number,
  to: number,
): Promise<Buffer[]> {
  return rootsOf(store, consistencyPath(from, to));
}

/** The state of the tree when it had `size` leaves: where a bundle starts, and how a sealer mends a lost state. */
export async function compactRangeAt(store: NodeStore, size: number): Promise<CompactRange> {
  const peaks = completeSubtrees({ begin: 0, end: size }).map(leavesOf);
  return new CompactRange(size, await rootsOf(store, peaks));
}

async function rootsOf(store: NodeStore, ranges: readonly LeafRange[]): Promise<Buffer[]> {
  const subtrees = ranges.map(completeSubtrees);
  const wanted = subtrees.flat();
  const [stored, blocks] = await Promise.all([
    readNodes(
      store,
      wanted.filter(({ level }) => level >= STORED_LEVEL),
    ),
    readBlocks(
      store,
      wanted.filter(({ level }) => level < STORED_LEVEL),
    ),
  ]);
  const hashOf = (node: TreeNode): Uint8Array =>
    node.level >= STORED_LEVEL ? hashIn(stored, node) : rootInBlock(blocks, node);
  return subtrees.map((nodes) => rootOver(nodes.map(hashOf)));
}

async function readNodes(
  store: NodeStore,
  wanted: readonly TreeNode[],
): Promise<Map<string, Uint8Array>> {
  if (wanted.length === 0) return new Map();
  const hashes = await store.nodes(wanted);
  return new Map(wanted.map((node, at) => [nameOf(node), checked(hashes[at], nameOf(node))]));
}

interface Block {
  readonly begin: number;
  readonly hashes: readonly Uint8Array[];
}

/** One range for each block of 256 leaves that a node lies in: for a proof two at most. */
async function readBlocks(
  store: NodeStore,
  wanted: readonly TreeNode[],
): Promise<Map<number, Block>> {
  const ranges = new Map<number, LeafRange>();
  for (const range of wanted.map(leavesOf)) {
    const block = blockOf(range);
    const known = ranges.get(block) ?? range;
    ranges.set(block, {
      begin: Math.min(known.begin, range.begin),
      end: Math.max(known.end, range.end),
    });
  }
  if (ranges.size === 0) return new Map();
  const found = await store.leaves([...ranges.values()]);
  return new Map(
    [...ranges].map(([block, { begin }], at) => [block, { begin, hashes: found[at] ?? [] }]),
  );
}

function rootInBlock(blocks: ReadonlyMap<number, Block>, node: TreeNode): Uint8Array {
  const range = leavesOf(node);
  const block = blocks.get(blockOf(range));
  const offset = range.begin - (block?.begin ?? 0);
  const width = range.end - range.begin;
  return rootOfComplete(
    Array.from({ length: width }, (_, at) =>
      checked(block?.hashes[offset + at], `leaf ${range.begin + at}`),
    ),
  );
}

function hashIn(stored: ReadonlyMap<string, Uint8Array>, node: TreeNode): Uint8Array {
  return checked(stored.get(nameOf(node)), nameOf(node));
}

function checked(hash: Uint8Array | undefined, what: string): Uint8Array {
  if (hash?.length === HASH_BYTES) return hash;
  throw new TreeIncomplete(`the tree's store has no hash of ${what}`);
}

function leavesOf({ level, index }: TreeNode): LeafRange {
  const width = 2 ** level;
  return { begin: index * width, end: (index + 1) * width };
}

function blockOf({ begin }: LeafRange): number {
  return Math.floor(begin / BLOCK);
}

function nameOf({ level, index }: TreeNode): string {
  return `subtree ${index} of level ${level}`;
}
