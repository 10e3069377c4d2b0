import { chainHash } from "@aic-sos/audit/chain";
import type pg from "pg";
import type { GrowingTree } from "./audit-range.ts";
import { IN_INBOX, leavesOf, lengthOf, namesOf, type ReadPiece } from "./inbox-pieces.ts";
import type { SealedSecurityEvent } from "./sealed-security.ts";

/** The last event of a log. */
export interface Head {
  readonly seq: number;
  readonly chain: Buffer;
}

/** A tenant's log with what this turn adds. */
export interface Grown extends Head {
  readonly tree: GrowingTree;
}

/** A piece with its place in its tenant's chain. */
export interface Links {
  readonly piece: ReadPiece;
  /** Sequence number of its first event. */
  readonly seq: number;
  /** The chain hash before it. */
  readonly previous: Buffer;
  /** Of each event its leaf hash and its chain hash, 32 bytes each. */
  readonly hashes: readonly Buffer[];
}

/** Where the tenants' logs end; without those that have no event yet. */
export async function headsOf(
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

/** Gives events their places; `grown` gets the new heads. */
export function linkUp(pieces: readonly ReadPiece[], grown: Map<string, Grown>): Links[] {
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
export async function insertLinks(
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
