import type { AuditEvent } from "@aic-sos/audit/event";
import pg from "pg";

/** A log as one has it without a chain: one INSERT an event, by `pg` with a named statement, committed by itself. */
export interface PlainLog {
  insert(event: AuditEvent): Promise<unknown>;
  close(): Promise<void>;
}

const INSERT = `insert into plain_events (tenant_id, id, workspace_id, time, class, type, actor_id, event)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/**
 * The columns of `audit_events` without the hashes, its primary key and one index by time; no row-level security, no
 * triggers, no checks. `synchronous_commit` is on, as it is for ours.
 */
export async function plainLog(url: string, connections: number): Promise<PlainLog> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: "-c synchronous_commit=on",
  });
  // Ended while the database ends, too: what it still says then is no news.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  await pool.query(`create table plain_events (
    tenant_id uuid not null, id uuid not null, workspace_id uuid, time timestamptz(3) not null, class text not null,
    type text not null, actor_id text not null, event text not null, primary key (tenant_id, id))`);
  await pool.query("create index on plain_events (tenant_id, time)");
  return {
    insert: (event) =>
      pool.query({
        name: "insert_event",
        text: INSERT,
        values: [
          event.tenantId,
          event.id,
          event.workspaceId,
          event.time,
          event.class,
          event.type,
          event.actor.id,
          JSON.stringify(event),
        ],
      }),
    close: () => pool.end(),
  };
}
