import type { LeafRange, TreeNode } from "@aic-sos/audit/merkle-paths";
import type { NodeStore } from "@aic-sos/audit/node-store";
import { assertGrant, type Grant } from "@aic-sos/policy/grant";
import type pg from "pg";
import { cellByCode } from "./cells.ts";
import { scopeOf } from "./scope.ts";

/** Whoever may read or export a tenant's log may have it proved: hashes say nothing about what is hidden. */
export type AuditGrant = Grant<"audit_event:read"> | Grant<"audit_event:export">;

type Run = <R extends pg.QueryResultRow>(statement: pg.QueryConfig) => Promise<pg.QueryResult<R>>;

/** The hashes of the grant's tenant, also of events outside its workspace. */
export function auditTree(grant: AuditGrant): NodeStore {
  assertGrant(grant);
  const { app } = cellByCode(grant.cell);
  const run: Run = (statement) => app.run(scopeOf(grant, true), statement);
  return {
    nodes: (wanted) => readNodes(run, grant.tenantId, wanted),
    leaves: async (wanted) => {
      const { rows } = await run<LeafRow>({
        name: "proof_leaves",
        text: "select range, leaf_hash from audit_leaf_hashes($1::bigint[], $2::bigint[])",
        values: edgesOf(wanted),
      });
      return byRange(rows, wanted);
    },
  };
}

/** The same for the sealer, inside its transaction. */
export function sealerTree(client: pg.PoolClient, tenantId: string): NodeStore {
  const run: Run = (statement) => client.query(statement);
  return {
    nodes: (wanted) => readNodes(run, tenantId, wanted),
    leaves: async (wanted) => {
      const { rows } = await run<LeafRow>({
        name: "seal_leaves",
        text: `select r.ordinality::integer as range, e.leaf_hash
          from unnest($2::bigint[], $3::bigint[]) with ordinality as r (first, past)
          join audit_events as e on e.tenant_id = $1 and e.seq > r.first and e.seq <= r.past
          order by r.ordinality, e.seq`,
        values: [tenantId, ...edgesOf(wanted)],
      });
      return byRange(rows, wanted);
    },
  };
}

interface LeafRow {
  /** From 1. */
  readonly range: number;
  readonly leaf_hash: Buffer;
}

function edgesOf(wanted: readonly LeafRange[]): [number[], number[]] {
  return [wanted.map(({ begin }) => begin), wanted.map(({ end }) => end)];
}

function byRange(rows: readonly LeafRow[], wanted: readonly LeafRange[]): Uint8Array[][] {
  const found = Map.groupBy(rows, ({ range }) => range);
  return wanted.map((_, at) => (found.get(at + 1) ?? []).map((row) => row.leaf_hash));
}

/** In the order asked; a node that is not there is missing at its place, which the proof notices. */
async function readNodes(
  run: Run,
  tenantId: string,
  wanted: readonly TreeNode[],
): Promise<Uint8Array[]> {
  const { rows } = await run<{ hash: Buffer | null }>({
    name: "tree_nodes",
    text: `select n.hash from unnest($2::smallint[], $3::bigint[]) with ordinality as w (level, index, place)
      left join audit_tree_nodes as n on n.tenant_id = $1 and n.level = w.level and n.index = w.index
      order by w.place`,
    values: [tenantId, wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
  });
  return rows.map(({ hash }) => hash ?? NO_HASH);
}

/** Of a length that no hash has. */
const NO_HASH = new Uint8Array();
