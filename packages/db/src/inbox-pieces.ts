import type pg from "pg";
import type { SetAside } from "./set-aside.ts";

/** Some events of one batch of the inbox that follow one another: all of them, unless the batch could not be sealed at once. */
export interface Piece {
  /** Its ctid. */
  readonly place: string;
  readonly tenantId: string;
  /** The batch's. */
  readonly id: string;
  /** Events in the batch. */
  readonly size: number;
  /** The first and the last event of the piece, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** Found in the inbox. Its events stay in the database. */
export interface ReadPiece extends Piece {
  /** What its texts take in the database, about. */
  readonly bytes: number;
  /** Seconds since it was written. */
  readonly waited: number;
}

/** How many events. */
export function lengthOf({ first, last }: Piece): number {
  return last - first + 1;
}

export function isWhole(piece: Piece): boolean {
  return lengthOf(piece) === piece.size;
}

/**
 * The batch of the inbox that is `named`. An inbox is empty most of the time, and once it was vacuumed then the planner takes
 * it for empty whatever is in it: joined by ids each name is compared with each row. A place is looked up as it is, one by
 * one (LIMIT has it so), and by the ids as well: when its row is gone it may be another one's.
 */
const IN_INBOX = `cross join lateral (select w.* from audit_inbox as w
  where w.ctid = named.place and w.tenant_id = named.tenant_id and w.id = named.id limit 1)`;

/** As lists: places, tenants, batches, first and last events. */
export function namesOf(pieces: readonly Piece[]): (string | number)[][] {
  return [
    pieces.map(({ place }) => place),
    pieces.map(({ tenantId }) => tenantId),
    pieces.map(({ id }) => id),
    pieces.map(({ first }) => first),
    pieces.map(({ last }) => last),
  ];
}

const NAMED =
  "unnest($1::tid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[]) as named (place, tenant_id, id, first, last)";

/** What is enough for one turn: so many events, or texts that take so many bytes. */
export interface TurnLimit {
  readonly events: number;
  readonly bytes: number;
}

/**
 * Batches that are visible, whole, until they are enough; at least one, if there is any.
 * @param but stand aside
 */
export function visiblePieces(
  client: pg.PoolClient,
  limit: TurnLimit,
  but: SetAside,
): Promise<ReadPiece[]> {
  // Read once: each look lets go of what has waited long enough.
  const aside = but.all;
  return read(client, {
    name: "seal_visible",
    pieces: `select counted.*, 1 as first, counted.size as last
      from (select ctid as place, w.*, sum(size) over before - size as events_before,
          sum(pg_column_size(events)) over before - pg_column_size(events) as bytes_before
        from audit_inbox as w
        where (tenant_id, id) not in (select * from unnest($3::uuid[], $4::uuid[]))
          and tenant_id <> all ($5::uuid[])
        window before as (rows unbounded preceding) limit $1) as counted
      where counted.events_before < $1 and counted.bytes_before < $2`,
    values: [
      limit.events,
      limit.bytes,
      aside.map(({ tenantId }) => tenantId),
      aside.map(({ batch }) => batch),
      but.tenants,
    ],
  });
}

/** Those of the pieces whose batch is still there. */
export function readPieces(client: pg.PoolClient, pieces: readonly Piece[]): Promise<ReadPiece[]> {
  return read(client, {
    name: "seal_pieces",
    pieces: `select named.place, w.*, named.first, named.last from ${NAMED} ${IN_INBOX} as w`,
    values: namesOf(pieces),
  });
}

async function read(
  client: pg.PoolClient,
  { name, pieces, values }: { name: string; pieces: string; values: unknown[] },
): Promise<ReadPiece[]> {
  const { rows } = await client.query<ReadPiece>({
    name,
    text: `select place, tenant_id as "tenantId", id, size, first, last, (pg_column_size(events)::bigint * (last - first + 1) / size)::integer as bytes,
        case when isfinite(created_at) then extract(epoch from clock_timestamp() - created_at)::double precision else 0 end as waited
      from (${pieces}) as pieces`,
    values,
  });
  // A batch is named after its first event: so in the order of their times.
  return rows.toSorted((a, b) => compare(a.tenantId, b.tenantId) || compare(a.id, b.id));
}

/**
 * What of a piece is not in the log yet: stretches of it, in their order; none when its batch is gone.
 * @returns each with the ids of its events
 */
export async function unsealedIn(
  client: pg.PoolClient,
  piece: Piece,
): Promise<readonly (Piece & { readonly eventIds: readonly string[] })[]> {
  const { rows } = await client.query<{ at: number; id: string }>({
    // LIMIT has each event looked up by its id, as in the trigger that guards the inbox.
    text: `select said.at::integer, said.id from ${NAMED} ${IN_INBOX} as i
      cross join lateral unnest(i.event_ids, i.events) with ordinality as said (id, event, at)
      where said.at between named.first and named.last and not exists (
        select from (select e.event from audit_events as e where e.tenant_id = i.tenant_id and e.id = said.id limit 1) as sealed
        where sealed.event = said.event)
      order by said.at`,
    values: namesOf([piece]),
  });
  const stretches: { first: number; last: number; eventIds: string[] }[] = [];
  for (const { at, id } of rows) {
    const current = stretches.at(-1);
    if (current?.last === at - 1) {
      current.last = at;
      current.eventIds.push(id);
    } else {
      stretches.push({ first: at, last: at, eventIds: [id] });
    }
  }
  return stretches.map((stretch) => ({ ...piece, ...stretch }));
}

/** Takes batches out of the inbox. A trigger lets only those go whose events are all in the log. */
export async function deleteBatches(
  client: pg.PoolClient,
  pieces: readonly Piece[],
): Promise<void> {
  if (pieces.length === 0) return;
  await client.query({
    text: `delete from audit_inbox where ctid = any (array(select named.place from ${NAMED} ${IN_INBOX} as i))`,
    values: namesOf(pieces),
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
