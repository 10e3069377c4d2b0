import { CompactRange, type HashedNode } from "@aic-sos/audit/compact-range";
import { compactRangeAt, STORED_LEVEL, TreeIncomplete } from "@aic-sos/audit/node-store";
import { Malformed } from "@aic-sos/audit/malformed";
import { cellOf } from "@aic-sos/contract/ids";
import type pg from "pg";
import { sealerTree } from "./audit-tree.ts";
import { damagedTreesOf } from "./set-aside.ts";
import { newId } from "./ids.ts";

/** A tenant's log as its sealer last left it. */
interface Grown {
  readonly seq: number;
  readonly chain: Buffer;
  readonly range: CompactRange;
}

/** Tenants whose trees are kept in memory; the others' are read again, two small statements each. */
const MOST_RANGES = 10_000;
/** Leaf hashes read in one statement when a tree is built from nothing. */
const REBUILD_STEP = 10_000;

/** Trees by tenant, oldest use first. An id is of one cell, so one map serves all. */
const kept = new Map<string, Grown>();

/** A tree that grows within one transaction, with the subtrees that are to be stored. */
export class GrowingTree {
  readonly #tenantId: string;
  readonly #range: CompactRange | undefined;
  readonly #completed: HashedNode[] = [];

  /** @param range undefined: it cannot grow, and nothing is stored, for a wrong node would stay when the log is mended */
  constructor(tenantId: string, range: CompactRange | undefined) {
    this.#tenantId = tenantId;
    this.#range = range;
  }

  append(leaf: Uint8Array): void {
    this.#range?.append(leaf, (node) => {
      if (node.level >= STORED_LEVEL) this.#completed.push(node);
    });
  }

  /** The subtrees completed since `insertNodes` was last called. */
  takeCompleted(): readonly (HashedNode & { readonly tenantId: string })[] {
    return this.#completed.splice(0).map((node) => ({ ...node, tenantId: this.#tenantId }));
  }

  /** To be called after COMMIT and never before: what was rolled back then shows as a head that does not fit. */
  keep(chain: Buffer): void {
    kept.delete(this.#tenantId);
    if (this.#range === undefined) return;
    kept.set(this.#tenantId, { seq: this.#range.size, chain, range: this.#range });
    const [oldest] = kept.keys();
    if (kept.size > MOST_RANGES && oldest !== undefined) kept.delete(oldest);
  }
}

/**
 * The tree of a tenant's log when it ends with event `seq`: the one in memory when it is that one, else as it is stored.
 * It is taken out of memory, so that a transaction that fails leaves none behind.
 */
export async function growTree(
  client: pg.PoolClient,
  tenantId: string,
  head: { readonly seq: number; readonly chain: Buffer },
): Promise<GrowingTree> {
  const known = kept.get(tenantId);
  kept.delete(tenantId);
  if (known?.seq === head.seq && known.chain.equals(head.chain)) {
    return new GrowingTree(tenantId, known.range);
  }
  const damaged = damagedTreesOf(cellOf(tenantId));
  if (damaged.has(tenantId)) return new GrowingTree(tenantId, undefined);
  try {
    return await storedOrRebuilt(client, tenantId, head.seq);
  } catch (error) {
    if (!isDamage(error)) throw error;
    damaged.add({ tenantId, why: `${error.message}: its events are sealed without a tree` });
    return new GrowingTree(tenantId, undefined);
  }
}

async function storedOrRebuilt(
  client: pg.PoolClient,
  tenantId: string,
  size: number,
): Promise<GrowingTree> {
  try {
    return new GrowingTree(tenantId, await compactRangeAt(sealerTree(client, tenantId), size));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return rebuild(client, tenantId, size);
  }
}

function isDamage(error: unknown): error is Error {
  return error instanceof TreeIncomplete || error instanceof Malformed;
}

/** Builds the tree of a log that is older than its tree: once per tenant, from all of its leaf hashes. */
async function rebuild(
  client: pg.PoolClient,
  tenantId: string,
  size: number,
): Promise<GrowingTree> {
  const tree = new GrowingTree(tenantId, new CompactRange());
  for (let seq = 0; seq < size; seq += REBUILD_STEP) {
    const { rows } = await client.query<{ leaf_hash: Buffer }>({
      name: "tree_rebuild",
      text: `select leaf_hash from audit_events
        where tenant_id = $1 and seq > $2 and seq <= least($2::bigint + $3, $4) order by seq`,
      values: [tenantId, seq, REBUILD_STEP, size],
    });
    if (rows.length !== Math.min(REBUILD_STEP, size - seq)) {
      throw new TreeIncomplete(`events are missing after ${seq}`);
    }
    for (const row of rows) tree.append(row.leaf_hash);
    await insertNodes(client, [tree]);
  }
  return tree;
}

/** Stores the subtrees that are complete now. One that is there stays: what differs from it shows at the next checkpoint. */
export async function insertNodes(
  client: pg.PoolClient,
  trees: Iterable<GrowingTree>,
): Promise<void> {
  const nodes = [...trees].flatMap((tree) => tree.takeCompleted());
  if (nodes.length === 0) return;
  await client.query({
    name: "tree_insert",
    text: `insert into audit_tree_nodes (tenant_id, id, level, index, hash)
      select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::bytea[])
      on conflict (tenant_id, level, index) do nothing`,
    values: [
      nodes.map((node) => node.tenantId),
      nodes.map((node) => newId(cellOf(node.tenantId))),
      nodes.map((node) => node.level),
      nodes.map((node) => node.index),
      nodes.map((node) => node.hash),
    ],
  });
}
