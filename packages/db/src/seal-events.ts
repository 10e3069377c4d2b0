import { HASH_BYTES } from "@aic-sos/audit/merkle-hash";
import type pg from "pg";
import { namesOf, type ReadPiece } from "./inbox-pieces.ts";
import type { SealedSecurityEvent } from "./sealed-security.ts";

/** What a turn has appended to one tenant's log. */
export interface Growth {
  readonly tenantId: string;
  /** Where the log ended: the last sequence number and chain hash, 0 and `GENESIS` of a log that has just begun. */
  readonly end: { readonly seq: number; readonly chain: Buffer };
  /** The chain hash where it ends now. */
  readonly chain: Buffer;
  /** RFC 6962 leaf hashes of the events, 32 bytes each. */
  readonly leaves: readonly Buffer[];
  /** The security events among them. */
  readonly security: readonly SealedSecurityEvent[];
}

/**
 * Appends events of the inbox to their tenants' logs. The function in the database numbers, chains and hashes them and fills
 * the columns to search by, all from their texts, which stay where they are. The batches stay in the inbox, too. What is not
 * there is left out.
 */
export async function sealEvents(
  client: pg.PoolClient,
  pieces: readonly ReadPiece[],
): Promise<readonly Growth[]> {
  const { rows } = await client.query<{
    tenant_id: string;
    end_seq: string;
    end_hash: Buffer;
    new_hash: Buffer;
    leaf_hashes: Buffer;
    security: SealedSecurityEvent[];
  }>({
    name: "seal_events",
    text: "select * from seal_events($1::tid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[])",
    values: namesOf(pieces),
  });
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    end: { seq: Number(row.end_seq), chain: row.end_hash },
    chain: row.new_hash,
    leaves: hashesIn(row.leaf_hashes),
    security: row.security,
  }));
}

function hashesIn(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
