import type pg from "pg";
import { eventOf, type Happening } from "./append-event.ts";
import { cellByCode, type OpenCell } from "./cells.ts";
import { toEventRow } from "./event-row.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { QUEUE_SCHEMA } from "./queue-schema.ts";
import { type DeliveryWork, deliveryWork } from "./webhook-deliveries.ts";

/** The few things that jobs do across tenants, as role `aic_jobs`. Each answers how many rows it touched. */
export interface JobTransaction {
  /** Idempotency keys past their 24 hours. */
  expireIdempotencyKeys(): Promise<number>;
  /** Sessions that ended at least a day ago. */
  expireSessions(): Promise<number>;
  /** Families of refresh tokens that ended at least a day ago, with all of theirs. */
  expireTokenFamilies(): Promise<number>;
  /** Single refresh tokens that ended at least a day ago: of a family that lives on. */
  expireRefreshTokens(): Promise<number>;
  /** Authorization codes that ended at least a day ago. */
  expireAuthorizationCodes(): Promise<number>;
  expireDeviceCodes(): Promise<number>;
  /** Rate limits whose window is over. */
  expireRateLimits(): Promise<number>;
  /** Deliveries of webhooks that ended 30 days ago. */
  expireDeliveries(): Promise<number>;
  /** Jobs that were given up a day ago. */
  expireJobs(): Promise<number>;
  /** What has become of webhooks' deliveries. */
  readonly deliveries: DeliveryWork;
  /** The tenants of this cell. */
  tenants(): Promise<readonly { readonly tenantId: string; readonly state: string }[]>;
  /** The tenants where a session lives that an identity provider speaks of. */
  tenantsOfProviderSession(session: ProviderSession): Promise<readonly string[]>;
  /** An event of the job's own (actor `system:<job>`), in its transaction. Answers its id. */
  appendEvent(happening: Happening & { readonly tenantId: string }): Promise<string>;
}

/** A session as the identity provider names it; `sid` or `subject` is there, or both. */
export interface ProviderSession {
  readonly issuer: string;
  readonly sid: string | null;
  readonly subject: string | null;
}

/** At most so many rows in one go, so that no job holds locks for long; the rest comes next time. */
const MAX_ROWS = 5_000;

/** See `systemJob` in doors.ts. */
export function runSystemJob<T>(
  name: string,
  code: number,
  fn: (job: JobTransaction) => Promise<T>,
): Promise<T> {
  const cell = cellByCode(code);
  return plainTransaction(cell.jobs, (client) => fn(jobTransaction(name, cell, client)));
}

function jobTransaction(name: string, cell: OpenCell, client: pg.PoolClient): JobTransaction {
  const deleted = async (text: string) =>
    (await client.query({ text, values: [MAX_ROWS] })).rowCount ?? 0;
  return {
    expireIdempotencyKeys: () =>
      deleted(`delete from idempotency_keys where (tenant_id, id) in
        (select tenant_id, id from idempotency_keys where expires_at <= now() limit $1)`),
    expireSessions: () =>
      deleted(`delete from sessions where (tenant_id, id) in
        (select tenant_id, id from sessions where absolute_expires_at < now() - interval '1 day' limit $1)`),
    expireTokenFamilies: () =>
      deleted(`delete from refresh_token_families where (tenant_id, id) in
        (select tenant_id, id from refresh_token_families where absolute_expires_at < now() - interval '1 day' limit $1)`),
    expireRefreshTokens: () =>
      deleted(`delete from refresh_tokens where (tenant_id, id) in
        (select tenant_id, id from refresh_tokens where expires_at < now() - interval '1 day' order by id limit $1)`),
    expireAuthorizationCodes: () =>
      deleted(`delete from authorization_codes where (tenant_id, id) in
        (select tenant_id, id from authorization_codes where expires_at < now() - interval '1 day' limit $1)`),
    expireDeviceCodes: () =>
      deleted(`delete from device_codes where (tenant_id, id) in
        (select tenant_id, id from device_codes where expires_at < now() - interval '1 day' limit $1)`),
    expireRateLimits: () =>
      deleted(`delete from rate_limits where key in
        (select key from rate_limits where expire <= extract(epoch from now()) * 1000 limit $1)`),
    expireDeliveries: () =>
      deleted(`delete from webhook_deliveries where (tenant_id, id) in
        (select tenant_id, id from webhook_deliveries
          where state <> 'pending' and ended_at < now() - interval '30 days' limit $1)`),
    // Not by the library's own cleaning, which would spare none for a look.
    expireJobs: () =>
      deleted(`delete from ${QUEUE_SCHEMA}._private_jobs where id in
        (select id from ${QUEUE_SCHEMA}._private_jobs
          where attempts >= max_attempts and updated_at < now() - interval '1 day' limit $1)`),
    deliveries: deliveryWork(client),
    tenants: async () =>
      (await client.query(`select tenant_id as "tenantId", state from tenants order by tenant_id`))
        .rows,
    tenantsOfProviderSession: async ({ issuer, sid, subject }) => {
      const { rows } = await client.query<{ tenant_id: string }>({
        text: "select tenant_id from tenants_of_provider_session($1, $2, $3)",
        values: [issuer, sid, subject],
      });
      return rows.map((row) => row.tenant_id);
    },
    appendEvent: async (happening) => {
      const event = eventOf(happening, {
        cell: cell.code,
        region: cell.region,
        tenantId: happening.tenantId,
        workspaceId: null,
        actor: { id: `system:${name}`, kind: "system", authentication: "none" },
        permission: null,
        decisionId: null,
        requestId: null,
      });
      const row = toEventRow(event, cell.code);
      await client.query({
        text: "insert into audit_inbox (tenant_id, id, size, event_ids, events) values ($1, $2, 1, array[$2::uuid], array[$3])",
        values: [row.tenantId, row.id, row.text],
      });
      return row.id;
    },
  };
}
