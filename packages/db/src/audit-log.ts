import type { EventLine, LeafLine } from "@aic-sos/audit/bundle";
import { GENESIS } from "@aic-sos/audit/chain";
import { assertGrant } from "@aic-sos/policy/grant";
import type { AuditGrant } from "./audit-tree.ts";
import { cellByCode } from "./cells.ts";
import { scopeOf } from "./scope.ts";

export { type AuditGrant, auditTree } from "./audit-tree.ts";

/** Links read in one statement: `audit_hidden_links` gives no more than 1,000. */
const STEP = 500;

interface LinkRow {
  readonly seq: string;
  readonly leaf_hash: Buffer;
  readonly previous_chain_hash: Buffer;
  readonly chain_hash: Buffer;
  readonly text_hash: Buffer;
  readonly event: string | null;
}

/** One grant or more, each of a workspace: what one of them shows is shown. */
type Seeing = AuditGrant | readonly [AuditGrant, ...AuditGrant[]];

/**
 * A stretch of the tenant's log, event by event: with their text where one of the grants' scopes shows them, as hashes
 * where none does. Rights are compared again with each statement, so an export ends when they do.
 * @param first, last sequence numbers, both included
 */
export async function* auditEntries(
  seeing: Seeing,
  first: number,
  last: number,
): AsyncGenerator<EventLine | LeafLine, void, undefined> {
  const [grant, ...others] = Array.isArray(seeing) ? seeing : [seeing];
  if (others.some(({ tenantId }) => tenantId !== grant.tenantId)) {
    throw new TypeError("the grants of an export are of one tenant");
  }
  for (let from = first; from <= last; from += STEP) {
    const to = Math.min(last, from + STEP - 1);
    const rows = await linksOf(grant, from, to);
    const texts = await Promise.all(others.map((other) => textsOf(other, from, to)));
    const seen = new Map(texts.flat());
    yield* rows.map((row) => entryOf({ ...row, event: row.event ?? seen.get(row.seq) ?? null }));
    if (rows.length === 0) return;
  }
}

/** The sequence number of the log's last event, also of one that the scope does not show; 0 when there is none. */
export async function auditHead(grant: AuditGrant): Promise<number> {
  assertGrant(grant);
  const { rows } = await cellByCode(grant.cell).app.run<{ seq: string }>(scopeOf(grant, true), {
    name: "audit_head",
    text: "select audit_head_seq() as seq",
    values: [],
  });
  return Number(rows[0]?.seq ?? 0);
}

/** Chain hash of event `seq`: what the next one chains to. GENESIS for 0. */
export async function chainHashAt(grant: AuditGrant, seq: number): Promise<Uint8Array> {
  if (seq === 0) return GENESIS;
  const [row] = await linksOf(grant, seq, seq);
  if (row === undefined) throw new RangeError(`the log has no event ${seq}`);
  return row.chain_hash;
}

async function linksOf(grant: AuditGrant, first: number, last: number): Promise<LinkRow[]> {
  assertGrant(grant);
  const { rows } = await cellByCode(grant.cell).app.run<LinkRow>(scopeOf(grant, true), {
    name: "audit_links",
    text: `select h.*, e.event from audit_hidden_links($2, $3) as h
      left join audit_events as e on e.tenant_id = $1 and e.seq = h.seq and ($4 = '*' or e.workspace_id::text = $4)
      order by h.seq`,
    values: [grant.tenantId, first, last, grant.workspaceId],
  });
  return rows;
}

/** Texts of a stretch that the grant's scope shows, by sequence number. */
async function textsOf(
  grant: AuditGrant,
  first: number,
  last: number,
): Promise<(readonly [seq: string, event: string])[]> {
  assertGrant(grant);
  const { rows } = await cellByCode(grant.cell).app.run<{ seq: string; event: string }>(
    scopeOf(grant, true),
    {
      name: "audit_texts",
      text: `select seq, event from audit_events
        where tenant_id = $1 and seq >= $2 and seq <= $3 and ($4 = '*' or workspace_id::text = $4)`,
      values: [grant.tenantId, first, last, grant.workspaceId],
    },
  );
  return rows.map(({ seq, event }) => [seq, event] as const);
}

function entryOf(row: LinkRow): EventLine | LeafLine {
  const link = {
    seq: Number(row.seq),
    leafHash: row.leaf_hash,
    previousChainHash: row.previous_chain_hash,
    chainHash: row.chain_hash,
  };
  return row.event === null
    ? { kind: "leaf", ...link, textHash: row.text_hash }
    : { kind: "event", ...link, text: row.event };
}
