import { CompactRange, type HashedNode } from "@aic-sos/audit/compact-range";
import type { StoredLog } from "@aic-sos/audit/log-world";
import { STORED_LEVEL } from "@aic-sos/audit/node-store";
import type pg from "pg";
import { freshId } from "../stage/callers.ts";

/** Of the sealer and of the signer (packages/db): while they are taken, nobody seals and nobody signs. */
const LOCKS = [0x5ea1, 0xc4ec];

/** Stops sealers and signers for as long as this connection lives. */
export async function lockSealers(db: pg.Client): Promise<void> {
  for (const lock of LOCKS) await db.query("select pg_advisory_lock($1)", [lock]);
}

export async function unlockSealers(db: pg.Client): Promise<void> {
  for (const lock of LOCKS) await db.query("select pg_advisory_unlock($1)", [lock]);
}

/** Takes away all that the database itself would refuse, as its owner can. */
export async function makeRewritable(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    "select conname as name from pg_constraint where conrelid = 'audit_events'::regclass and contype = 'c'",
  );
  for (const { name } of rows) await db.query(`alter table audit_events drop constraint ${name}`);
  await db.query("drop index audit_events_tenant_id_seq_key");
  // Export reads by it.
  await db.query("create index on audit_events (tenant_id, seq)");
  await db.query("set session_replication_role = replica");
}

/** What the database holds of a tenant's log. */
export async function readLog(db: pg.Client, tenantId: string): Promise<StoredLog> {
  const { rows } = await db.query<{
    seq: string;
    event: string;
    leaf_hash: Buffer;
    previous_chain_hash: Buffer;
    chain_hash: Buffer;
  }>(
    `select seq, event, leaf_hash, previous_chain_hash, chain_hash from audit_events
      where tenant_id = $1 order by seq`,
    [tenantId],
  );
  const { rows: notes } = await db.query<{ tree_size: string; note: string }>(
    "select tree_size, note from audit_checkpoints where tenant_id = $1 order by tree_size",
    [tenantId],
  );
  return {
    tenantId,
    rows: rows.map((row) => ({
      seq: Number(row.seq),
      text: row.event,
      leafHash: row.leaf_hash,
      previousChainHash: row.previous_chain_hash,
      chainHash: row.chain_hash,
    })),
    checkpoints: notes.map(({ tree_size: size, note }) => ({ size: Number(size), note })),
  };
}

/**
 * Makes the database hold exactly this.
 * @param withTree also makes the tree's nodes those of these leaves, as a thorough forger would
 */
export async function writeLog(
  db: pg.Client,
  { tenantId, rows, checkpoints }: StoredLog,
  withTree: boolean,
): Promise<void> {
  await db.query("begin");
  await db.query("delete from audit_events where tenant_id = $1", [tenantId]);
  await db.query("delete from audit_checkpoints where tenant_id = $1", [tenantId]);
  await db.query(
    `insert into audit_events (tenant_id, id, workspace_id, seq, time, class, type, actor_id, event, leaf_hash,
        previous_chain_hash, chain_hash)
      select $1, id, null, seq, now(), 'decision', 'decision.allowed', 'somebody', event, leaf, previous, chain
      from unnest($2::uuid[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[])
        as r (id, seq, event, leaf, previous, chain)`,
    [
      tenantId,
      rows.map(freshId),
      rows.map(({ seq }) => seq),
      rows.map(({ text }) => text),
      rows.map(({ leafHash }) => leafHash),
      rows.map(({ previousChainHash }) => previousChainHash),
      rows.map(({ chainHash }) => chainHash),
    ],
  );
  await db.query(
    `insert into audit_checkpoints (tenant_id, id, tree_size, root_hash, key_id, note)
      select $1, id, size, sha256(''), 'k', note from unnest($2::uuid[], $3::bigint[], $4::text[]) as c (id, size, note)`,
    [
      tenantId,
      checkpoints.map(freshId),
      checkpoints.map(({ size }) => size),
      checkpoints.map(({ note }) => note),
    ],
  );
  if (withTree) {
    await writeNodes(
      db,
      tenantId,
      rows.map(({ leafHash }) => leafHash),
    );
  }
  await db.query("commit");
}

async function writeNodes(
  db: pg.Client,
  tenantId: string,
  leaves: readonly Uint8Array[],
): Promise<void> {
  const nodes: HashedNode[] = [];
  const tree = new CompactRange();
  for (const leaf of leaves) {
    tree.append(leaf, (node) => {
      if (node.level >= STORED_LEVEL) nodes.push(node);
    });
  }
  await db.query("delete from audit_tree_nodes where tenant_id = $1", [tenantId]);
  await db.query(
    `insert into audit_tree_nodes (tenant_id, id, level, index, hash)
      select $1, n.* from unnest($2::uuid[], $3::smallint[], $4::bigint[], $5::bytea[]) as n`,
    [
      tenantId,
      nodes.map(freshId),
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => hash),
    ],
  );
}
