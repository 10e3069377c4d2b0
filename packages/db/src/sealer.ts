import { chainHash, GENESIS } from "@aic-sos/audit/chain";
import type pg from "pg";
import { type GrowingTree, growTree, insertNodes } from "./audit-range.ts";
import { cellByCode } from "./cells.ts";
import { blamesARow } from "./driver-errors.ts";
import { noteGrown } from "./grown-logs.ts";
import {
  deleteBatches,
  IN_INBOX,
  isWhole,
  leavesOf,
  lengthOf,
  namesOf,
  type Piece,
  type ReadPiece,
  readPieces,
  unsealedIn,
  visiblePieces,
} from "./inbox-pieces.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { noteSealedSecurity, type SealedSecurityEvent } from "./sealed-security.ts";
import { type SetAside, setAsideIn } from "./set-aside.ts";
import { queueDeliveries } from "./webhook-outbox.ts";

/** Of this database: one sealer at a time, whichever replica it runs in. */
const SEALER_LOCK = 0x5ea1;

/** A piece with its place in its tenant's chain. */
interface Links {
  readonly piece: ReadPiece;
  /** Sequence number of its first event. */
  readonly seq: number;
  /** The chain hash before it. */
  readonly previous: Buffer;
  /** Of each event its leaf hash and its chain hash, 32 bytes each. */
  readonly hashes: readonly Buffer[];
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

/** What a turn takes: batches that are visible, or pieces of a turn that failed. */
type Wanted =
  | { readonly limit: number; readonly but: SetAside }
  | { readonly only: readonly Piece[] };

/**
 * Moves events from the inbox into their tenants' chains, in one transaction that holds the sealer's lock itself: dense
 * `seq`, leaf hash, chain hash and tree per tenant. Takes what is visible, never by a watermark of ids or times, for
 * commit order is neither. Dies half-way: nothing has happened. One event that the log does not take is set aside, and
 * stays in the inbox (`takeUnsealable`): it stops neither the other tenants' logs nor the rest of its own. A log that is
 * damaged (`takeDamagedLogs`) stops nobody else's: without a tree its events are sealed all the same, and no checkpoint
 * is signed; when it takes none they wait.
 * @param limit events in one go, but for those of the batch that reaches it
 */
export async function sealOnce(cell: number, limit = 1_000): Promise<Sealed> {
  const sealed = await sealWanted(cell, { limit, but: setAsideIn(cell) });
  const events = sealed.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return {
    sealed: events,
    waitedSeconds: Math.max(0, ...sealed.map(({ waited }) => waited)),
    full: events >= limit,
  };
}

/** The turn failed for what one of its events is. */
class Blamed extends Error {
  readonly pieces: readonly ReadPiece[];
  readonly why: string;
  constructor(pieces: readonly ReadPiece[], { code, constraint }: pg.DatabaseError) {
    super("an event cannot be sealed");
    this.pieces = pieces;
    this.why = [code, constraint].filter(Boolean).join(" ");
  }
}

/** Seals what is wanted but for the events that are to blame: a turn that failed is taken again in halves. */
async function sealWanted(cell: number, wanted: Wanted): Promise<readonly ReadPiece[]> {
  try {
    return await turn(cell, wanted);
  } catch (error) {
    if (!(error instanceof Blamed)) throw error;
    const { tenants } = setAsideIn(cell);
    const pieces = error.pieces.filter((piece) => !tenants.includes(piece.tenantId));
    if (pieces.length < error.pieces.length) return sealWanted(cell, { only: pieces });
    const [piece] = pieces;
    if (piece === undefined) return [];
    if (pieces.length === 1) return sealParts(cell, piece, error);
    const half = Math.ceil(pieces.length / 2);
    return sealEach(cell, [pieces.slice(0, half), pieces.slice(half)]);
  }
}

async function sealEach(
  cell: number,
  turns: readonly (readonly Piece[])[],
): Promise<readonly ReadPiece[]> {
  const sealed: ReadPiece[] = [];
  for (const only of turns) sealed.push(...(await sealWanted(cell, { only })));
  return sealed;
}

/** Of a piece that failed: what is in the log already needs no sealing, one event alone is to blame, more are halved. */
async function sealParts(
  cell: number,
  piece: ReadPiece,
  blamed: Blamed,
): Promise<readonly ReadPiece[]> {
  const unsealed = await plainTransaction(cellByCode(cell).sealer, (client) =>
    unsealedIn(client, piece),
  );
  const [part] = unsealed;
  const isAll = part !== undefined && lengthOf(part) === lengthOf(piece);
  const [id, ...others] = part?.eventIds ?? [];
  if (isAll && id !== undefined && others.length === 0) {
    const aside = setAsideIn(cell);
    if (aside.full) throw new Error("the log takes no events", { cause: blamed });
    aside.add({ tenantId: piece.tenantId, batch: piece.id, id, why: blamed.why });
    return [];
  }
  const parts = isAll ? halvesOf(piece) : unsealed;
  try {
    return await sealEach(
      cell,
      parts.map((one) => [one]),
    );
  } finally {
    if (isWhole(piece)) await settle(cell, piece);
  }
}

function halvesOf(piece: Piece): readonly Piece[] {
  const middle = piece.first + (lengthOf(piece) >> 1);
  return [
    { ...piece, last: middle - 1 },
    { ...piece, first: middle },
  ];
}

/**
 * Takes a batch that was sealed in parts out of the inbox, unless one of its events stands aside. Where another sealer or a
 * lost connection came in between, what is left must not wait with that one: the next turn takes the batch again.
 */
async function settle(cell: number, batch: Piece): Promise<void> {
  const aside = setAsideIn(cell);
  let settled = false;
  try {
    const left = await plainTransaction(cellByCode(cell).sealer, async (client) => {
      const unsealed = await unsealedIn(client, batch);
      if (unsealed.length === 0) await deleteBatches(client, [batch]);
      return unsealed.flatMap(({ eventIds }) => eventIds);
    });
    const { tenantId, id } = batch;
    settled = left.every((event) => aside.has({ tenantId, batch: id, id: event }));
  } finally {
    if (!settled) aside.forget(batch);
  }
}

async function turn(cell: number, wanted: Wanted): Promise<readonly ReadPiece[]> {
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
  readonly sealed: readonly ReadPiece[];
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
  if (!lock.rows[0].ours) return NOTHING;
  const pieces =
    "only" in wanted
      ? await readPieces(client, wanted.only)
      : await visiblePieces(client, wanted.limit, wanted.but);
  if (pieces.length === 0) return NOTHING;
  try {
    return await sealPieces(client, pieces);
  } catch (error) {
    throw blamesARow(error) ? new Blamed(pieces, error) : error;
  }
}

const NOTHING: Turn = { sealed: [], grown: new Map(), security: [] };

async function sealPieces(client: pg.PoolClient, pieces: readonly ReadPiece[]): Promise<Turn> {
  const grown = new Map<string, Grown>();
  const tenantIds = [...new Set(pieces.map(({ tenantId }) => tenantId))];
  const heads = await headsOf(client, tenantIds);
  for (const tenantId of tenantIds) {
    const head = heads.get(tenantId) ?? { seq: 0, chain: GENESIS };
    grown.set(tenantId, { ...head, tree: await growTree(client, tenantId, head) });
  }
  const security = await insertLinks(client, linkUp(pieces, grown));
  await queueDeliveries(client, security);
  await insertNodes(
    client,
    [...grown.values()].map(({ tree }) => tree),
  );
  await deleteBatches(client, pieces.filter(isWhole));
  return { sealed: pieces, grown, security };
}

async function headsOf(
  client: pg.PoolClient,
  tenantIds: readonly string[],
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
    values: [tenantIds],
  });
  return new Map(
    found.map((row) => [row.tenant_id, { seq: Number(row.seq), chain: row.chain_hash }]),
  );
}

function linkUp(pieces: readonly ReadPiece[], grown: Map<string, Grown>): Links[] {
  return pieces.map((piece) => {
    const head = grown.get(piece.tenantId);
    if (head === undefined) throw new TypeError("a tenant without a head");
    const hashes: Buffer[] = [];
    let { chain } = head;
    for (const leaf of leavesOf(piece)) {
      const next = chainHash(chain, leaf);
      hashes.push(leaf, next);
      head.tree.append(leaf);
      chain = next;
    }
    grown.set(piece.tenantId, { ...head, seq: head.seq + lengthOf(piece), chain });
    return { piece, seq: head.seq + 1, previous: head.chain, hashes };
  });
}

/**
 * The table itself fills the columns to search by from the text, and checks the hashes.
 * @returns the security events among them
 */
async function insertLinks(
  client: pg.PoolClient,
  links: readonly Links[],
): Promise<readonly SealedSecurityEvent[]> {
  // Else the foreign key's own look at the tenant would be planned anew for each row: a third of the turn. What looks into the
  // inbox from here on has no name, so that it is planned anew all the same: kept from when the inbox was one page, the plan
  // would read all of it for each batch.
  await client.query("set local plan_cache_mode = auto");
  let events = 0;
  const before = links.map(({ piece }) => {
    events += lengthOf(piece);
    return events - lengthOf(piece);
  });
  const { rows } = await client.query<{ sealed: number; security: SealedSecurityEvent[] }>({
    text: `with sealed as (insert into audit_events (tenant_id, id, seq, event, leaf_hash, previous_chain_hash, chain_hash)
      select i.tenant_id, said.id, named.seq + said.at - 1, said.event, substring($9::bytea from said.byte for 32),
        case said.at when 1 then named.previous else substring($9 from said.byte - 32 for 32) end,
        substring($9 from said.byte + 32 for 32)
      from unnest($1::tid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[], $6::bigint[], $7::bytea[], $8::integer[])
        as named (place, tenant_id, id, first, last, seq, previous, before)
      ${IN_INBOX} as i
      cross join lateral (select one.*, ((named.before + one.at - 1) * 64 + 1)::integer as byte
        from unnest(i.event_ids[named.first:named.last], i.events[named.first:named.last]) with ordinality as one (id, event, at)) as said
      returning tenant_id, id, class, type, time)
      select count(*)::int as sealed, coalesce(jsonb_agg(jsonb_build_object('tenantId', tenant_id, 'id', id, 'type', type,
          'time', time))
        filter (where class = 'security'), '[]') as security from sealed`,
    values: [
      ...namesOf(links.map(({ piece }) => piece)),
      links.map(({ seq }) => seq),
      links.map(({ previous }) => previous),
      before,
      Buffer.concat(links.flatMap(({ hashes }) => hashes)),
    ],
  });
  if (rows[0]?.sealed !== events)
    throw new TypeError("an event left the inbox while it was sealed");
  return rows[0].security;
}
