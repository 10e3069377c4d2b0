import { chainHash, GENESIS } from "@aic-sos/audit/chain";
import type pg from "pg";
import { type GrowingTree, growTree, insertNodes } from "./audit-range.ts";
import { cellByCode } from "./cells.ts";
import { blamesARow } from "./driver-errors.ts";
import { noteGrown } from "./grown-logs.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { noteSealedSecurity, type SealedSecurityEvent } from "./sealed-security.ts";
import { type SetAside, setAsideIn } from "./set-aside.ts";
import { queueDeliveries } from "./webhook-outbox.ts";

/** Of this database: one sealer at a time, whichever replica it runs in. */
const SEALER_LOCK = 0x5ea1;

interface InboxRow {
  /** Its ctid. */
  readonly place: string;
  readonly tenant_id: string;
  readonly id: string;
  /** RFC 6962 leaf hash of its text. */
  readonly leaf: Buffer;
  /** In the log already: then it is only deleted. */
  readonly sealed: boolean;
  /** Seconds since it was written. */
  readonly waited: number;
}

interface Link extends InboxRow {
  readonly seq: number;
  readonly previous: Buffer;
  readonly chain: Buffer;
}

interface Head {
  readonly seq: number;
  readonly chain: Buffer;
}

export interface Sealed {
  /** How many events were sealed; 0 also when another sealer is at work. */
  readonly sealed: number;
  /** How long the one that waited longest was durable before it was sealed. */
  readonly waitedSeconds: number;
  /** The turn was full: more are waiting. */
  readonly full: boolean;
}

/**
 * The row of the inbox that is `named`. An inbox is empty most of the time, and once it was vacuumed then the planner takes
 * it for empty whatever is in it: joined by ids each name is compared with each row. A place is looked up as it is, one by
 * one (LIMIT has it so), and by the ids as well: when its row is gone it may be another one's.
 */
const IN_INBOX = `cross join lateral (select w.ctid as place, w.* from audit_inbox as w
  where w.ctid = named.place and w.tenant_id = named.tenant_id and w.id = named.id limit 1)`;

/** Which events a turn takes: some that are visible, or those of a turn that failed. */
type Wanted =
  | { readonly limit: number; readonly but: SetAside }
  | { readonly only: readonly InboxRow[] };

/**
 * Moves events from the inbox into their tenants' chains, in one transaction that holds the sealer's lock itself: dense
 * `seq`, leaf hash, chain hash and tree per tenant. Takes what is visible, never by a watermark of ids or times, for
 * commit order is neither. Dies half-way: nothing has happened. One event that the log does not take is set aside, and
 * stays in the inbox (`takeUnsealable`): it stops neither the other tenants' logs nor the rest of its own. A log that is
 * damaged (`takeDamagedLogs`) stops nobody else's: without a tree its events are sealed all the same, and no checkpoint
 * is signed; when it takes none they wait.
 * @param limit events in one go
 */
export async function sealOnce(cell: number, limit = 1_000): Promise<Sealed> {
  const sealed = await sealWithout(cell, { limit, but: setAsideIn(cell) });
  return {
    sealed: sealed.length,
    waitedSeconds: Math.max(0, ...sealed.map((row) => row.waited)),
    full: sealed.length >= limit,
  };
}

/** The turn failed for what one of its events is. */
class Blamed extends Error {
  readonly rows: readonly InboxRow[];
  readonly why: string;
  constructor(rows: readonly InboxRow[], { code, constraint }: pg.DatabaseError) {
    super("an event cannot be sealed");
    this.rows = rows;
    this.why = [code, constraint].filter(Boolean).join(" ");
  }
}

/** Seals what is wanted but for the events that are to blame: a turn that failed is taken again in halves. */
async function sealWithout(cell: number, wanted: Wanted): Promise<readonly InboxRow[]> {
  try {
    return await turn(cell, wanted);
  } catch (error) {
    if (!(error instanceof Blamed)) throw error;
    const aside = setAsideIn(cell);
    const { why } = error;
    const rows = error.rows.filter((row) => !aside.tenants.includes(row.tenant_id));
    if (rows.length < error.rows.length) return sealWithout(cell, { only: rows });
    const [first] = rows;
    if (first === undefined) return [];
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2);
      const before = await sealWithout(cell, { only: rows.slice(0, half) });
      return [...before, ...(await sealWithout(cell, { only: rows.slice(half) }))];
    }
    if (aside.full) throw new Error("the log takes no events", { cause: error });
    aside.add({ tenantId: first.tenant_id, id: first.id, why });
    return [];
  }
}

async function turn(cell: number, wanted: Wanted): Promise<readonly InboxRow[]> {
  const { sealed, grown, security } = await plainTransaction(cellByCode(cell).sealer, (client) =>
    seal(client, wanted),
  );
  // Only now is it certain.
  for (const { tree, chain } of grown.values()) tree.keep(chain);
  noteGrown(cell, grown.keys());
  noteSealedSecurity(
    cell,
    security.map(({ type }) => type),
  );
  return sealed;
}

interface Turn {
  readonly sealed: readonly InboxRow[];
  readonly grown: ReadonlyMap<string, Grown>;
  /** The security events among them. */
  readonly security: readonly SealedSecurityEvent[];
}

/** A tenant's log with what this turn adds. */
interface Grown extends Head {
  readonly tree: GrowingTree;
}

async function seal(client: pg.PoolClient, wanted: Wanted): Promise<Turn> {
  const lock = await client.query("select pg_try_advisory_xact_lock($1) as ours", [SEALER_LOCK]);
  if (!lock.rows[0].ours) return { sealed: [], grown: new Map(), security: [] };
  const rows = await visibleRows(client, wanted);
  try {
    return await sealRows(client, rows);
  } catch (error) {
    throw blamesARow(error) ? new Blamed(rows, error) : error;
  }
}

async function sealRows(client: pg.PoolClient, rows: readonly InboxRow[]): Promise<Turn> {
  const grown = new Map<string, Grown>();
  const security: SealedSecurityEvent[] = [];
  const sealed = rows.filter((row) => !row.sealed);
  if (sealed.length > 0) {
    const heads = await headsOf(client, sealed);
    for (const { tenant_id: tenantId } of sealed) {
      if (grown.has(tenantId)) continue;
      const head = heads.get(tenantId) ?? { seq: 0, chain: GENESIS };
      grown.set(tenantId, { ...head, tree: await growTree(client, tenantId, head) });
    }
    security.push(...(await insertLinks(client, linkUp(sealed, grown))));
    await queueDeliveries(client, security);
    await insertNodes(
      client,
      [...grown.values()].map(({ tree }) => tree),
    );
  }
  if (rows.length > 0) await deleteRows(client, rows);
  return { sealed, grown, security };
}

/** Texts stay where they are: the database hashes them, and copies them into the log. */
async function visibleRows(client: pg.PoolClient, wanted: Wanted): Promise<InboxRow[]> {
  const { name, waiting, values } = "only" in wanted ? those(wanted.only) : some(wanted);
  const { rows } = await client.query<InboxRow>({
    name,
    text: `select i.place, i.tenant_id, i.id, e.id is not null as sealed,
        sha256('\\x00'::bytea || convert_to(i.event, 'UTF8')) as leaf,
        extract(epoch from clock_timestamp() - i.created_at)::double precision as waited
      from (${waiting}) as i
      left join audit_events as e on e.tenant_id = i.tenant_id and e.id = i.id`,
    values,
  });
  // Within one batch in the order of their ids, so by time.
  return rows.toSorted((a, b) => compare(a.tenant_id, b.tenant_id) || compare(a.id, b.id));
}

function some({ limit, but }: { limit: number; but: SetAside }) {
  const events = but.all;
  return {
    name: "seal_visible",
    waiting: `select ctid as place, * from audit_inbox
      where (tenant_id, id) not in (select * from unnest($2::uuid[], $3::uuid[]))
        and tenant_id <> all ($4::uuid[]) limit $1`,
    values: [
      limit,
      events.map(({ tenantId }) => tenantId),
      events.map(({ id }) => id),
      but.tenants,
    ],
  };
}

function those(rows: readonly InboxRow[]) {
  return {
    name: "seal_those",
    waiting: `select w.* from unnest($1::tid[], $2::uuid[], $3::uuid[]) as named (place, tenant_id, id) ${IN_INBOX} as w`,
    values: namesOf(rows),
  };
}

async function headsOf(
  client: pg.PoolClient,
  rows: readonly InboxRow[],
): Promise<Map<string, Head>> {
  const { rows: found } = await client.query<{
    tenant_id: string;
    seq: string;
    chain_hash: Buffer;
  }>({
    name: "seal_heads",
    text: `select t.tenant_id, e.seq, e.chain_hash
      from unnest($1::uuid[]) as t (tenant_id)
      cross join lateral (
        select seq, chain_hash from audit_events where tenant_id = t.tenant_id order by seq desc limit 1
      ) as e`,
    values: [[...new Set(rows.map((row) => row.tenant_id))]],
  });
  return new Map(
    found.map((row) => [row.tenant_id, { seq: Number(row.seq), chain: row.chain_hash }]),
  );
}

function linkUp(rows: readonly InboxRow[], grown: Map<string, Grown>): Link[] {
  return rows.map((row) => {
    const head = grown.get(row.tenant_id);
    if (head === undefined) throw new TypeError("a tenant without a head");
    const next = { seq: head.seq + 1, chain: chainHash(head.chain, row.leaf) };
    head.tree.append(row.leaf);
    grown.set(row.tenant_id, { ...next, tree: head.tree });
    return { ...row, ...next, previous: head.chain };
  });
}

/**
 * The table itself fills the columns to search by from the text, and checks the hashes.
 * @returns the security events among them
 */
async function insertLinks(
  client: pg.PoolClient,
  links: readonly Link[],
): Promise<readonly SealedSecurityEvent[]> {
  // Else the foreign key's own look at the tenant would be planned anew for each row: a third of the turn. What looks into the
  // inbox from here on has no name, so that it is planned anew all the same: kept from when the inbox was one page, the plan
  // would read all of it for each event.
  await client.query("set local plan_cache_mode = auto");
  const { rows } = await client.query<{ sealed: number; security: SealedSecurityEvent[] }>({
    text: `with sealed as (insert into audit_events (tenant_id, id, workspace_id, seq, event,
        leaf_hash, previous_chain_hash, chain_hash)
      select i.tenant_id, i.id, i.workspace_id, named.seq, i.event, named.leaf, named.previous, named.chain
      from unnest($1::tid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bytea[], $6::bytea[], $7::bytea[])
        as named (place, tenant_id, id, seq, leaf, previous, chain)
      ${IN_INBOX} as i
      returning tenant_id, id, class, type, time)
      select count(*)::int as sealed, coalesce(jsonb_agg(jsonb_build_object('tenantId', tenant_id, 'id', id, 'type', type,
          'time', time))
        filter (where class = 'security'), '[]') as security from sealed`,
    values: [
      ...namesOf(links),
      links.map((link) => link.seq),
      links.map((link) => link.leaf),
      links.map((link) => link.previous),
      links.map((link) => link.chain),
    ],
  });
  if (rows[0]?.sealed !== links.length)
    throw new TypeError("an event left the inbox while it was sealed");
  return rows[0].security;
}

async function deleteRows(client: pg.PoolClient, rows: readonly InboxRow[]): Promise<void> {
  await client.query({
    text: `delete from audit_inbox where ctid = any (array(
      select i.place from unnest($1::tid[], $2::uuid[], $3::uuid[]) as named (place, tenant_id, id) ${IN_INBOX} as i))`,
    values: namesOf(rows),
  });
}

function namesOf(rows: readonly InboxRow[]): string[][] {
  return [
    rows.map((row) => row.place),
    rows.map((row) => row.tenant_id),
    rows.map((row) => row.id),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
