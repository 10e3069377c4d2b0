import { cellOf } from "@aic-sos/contract/ids";
import type pg from "pg";
import { isForeignKeyViolation } from "./driver-errors.ts";
import { enqueueAll } from "./enqueue.ts";
import { WriteConflict } from "./errors.ts";
import { newId } from "./ids.ts";
import type { SealedSecurityEvent } from "./sealed-security.ts";

/** How often webhooks are looked up again that were removed at this very moment. */
const MAX_LOOKS = 5;

/**
 * Makes a delivery and its job of each security event for each active webhook of its tenant, in the very transaction that
 * seals the events. An event is sealed once: so it has its deliveries once, whatever dies and whenever.
 */
export async function queueDeliveries(
  client: pg.ClientBase,
  events: readonly SealedSecurityEvent[],
): Promise<void> {
  for (let look = 1; ; look += 1) {
    const deliveries = await deliveriesOf(client, events);
    if (deliveries.length === 0) return;
    // A webhook that is removed meanwhile must not undo the sealing: the next look finds it gone.
    await client.query("savepoint deliveries");
    try {
      await insertDeliveries(client, deliveries);
      break;
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error;
      if (look === MAX_LOOKS) throw new WriteConflict();
      await client.query("rollback to savepoint deliveries");
    }
  }
}

interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: SealedSecurityEvent;
}

async function deliveriesOf(
  client: pg.ClientBase,
  events: readonly SealedSecurityEvent[],
): Promise<readonly Delivery[]> {
  const hooks = await activeHooks(client, new Set(events.map(({ tenantId }) => tenantId)));
  return events.flatMap((event) =>
    (hooks.get(event.tenantId) ?? []).map((webhookId) => ({
      id: newId(cellOf(event.tenantId)),
      webhookId,
      event,
    })),
  );
}

async function insertDeliveries(
  client: pg.ClientBase,
  deliveries: readonly Delivery[],
): Promise<void> {
  await client.query({
    name: "webhook_deliveries_insert",
    text: `insert into webhook_deliveries (tenant_id, id, webhook_id, event_id, event_type, occurred_at)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])`,
    values: [
      deliveries.map(({ event }) => event.tenantId),
      deliveries.map(({ id }) => id),
      deliveries.map(({ webhookId }) => webhookId),
      deliveries.map(({ event }) => event.id),
      deliveries.map(({ event }) => event.type),
      deliveries.map(({ event }) => event.time),
    ],
  });
  const jobs = deliveries.map(({ id, event }) => ({
    tenantId: event.tenantId,
    ids: { deliveryId: id },
    key: id,
  }));
  await enqueueAll(client, "deliver-webhook", jobs);
}

async function activeHooks(
  client: pg.ClientBase,
  tenantIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (tenantIds.size === 0) return new Map();
  const { rows } = await client.query<{ tenant_id: string; id: string }>({
    name: "webhooks_active",
    text: `select tenant_id, id from security_webhooks where tenant_id = any($1::uuid[]) and state = 'active'`,
    values: [[...tenantIds]],
  });
  return new Map(
    [...Map.groupBy(rows, (row) => row.tenant_id)].map(([tenantId, own]) => [
      tenantId,
      own.map(({ id }) => id),
    ]),
  );
}
