import type pg from "pg";
import { enqueueAll } from "./enqueue.ts";

/** Which delivery. */
export interface DeliveryId {
  readonly tenantId: string;
  readonly deliveryId: string;
}

/** A delivery that is the caller's to attempt, until its lease ends. */
export interface ClaimedDelivery extends DeliveryId {
  readonly webhookId: string;
  /** Null for a test. */
  readonly eventId: string | null;
  readonly eventType: string;
  readonly occurredAt: Date;
  /** This one included. */
  readonly attempts: number;
  readonly url: string;
  readonly secretSealed: Uint8Array;
  /** Signs as well, until its end. */
  readonly previousSecretSealed: Uint8Array | null;
}

/** The problem of an attempt that failed on our side: it says nothing about the receiver. */
export const NOT_SENT = "not_sent";

/** What the receiver answered, or why it could not be asked. */
export interface AttemptOutcome {
  readonly status: number | null;
  /** Null when it was delivered. */
  readonly problem: string | null;
  /** Seconds until the next attempt; null when there is none. */
  readonly retrySeconds: number | null;
}

/** The steps of a delivery, in transactions of `systemJob`; the network comes between them, never inside. */
export interface DeliveryWork {
  /** Takes a delivery that is due for `leaseSeconds`. Undefined when it is not, or somebody else has it. */
  claim(delivery: DeliveryId, leaseSeconds: number): Promise<ClaimedDelivery | undefined>;
  /** One that is due is due later, by so many seconds: no attempt. */
  postpone(delivery: DeliveryId, seconds: number): Promise<void>;
  /**
   * Notes how an attempt ended, and queues the next one. Undefined when the lease was lost meanwhile; else since when
   * the webhook fails, in seconds, null when it does not.
   */
  settle(claimed: ClaimedDelivery, outcome: AttemptOutcome): Promise<number | null | undefined>;
  /** Switches a webhook off, and ends what waits for it. False when it was off already. */
  disable(tenantId: string, webhookId: string): Promise<boolean>;
  /** Queues again what is overdue by so many seconds: whoever had it is gone. Answers how many. */
  requeueOverdue(seconds: number): Promise<number>;
}

const CLAIM = `update webhook_deliveries as d
  set attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => $3)
  from security_webhooks as w
  where d.tenant_id = $1 and d.id = $2 and d.state = 'pending' and d.next_attempt_at <= now()
    and w.tenant_id = d.tenant_id and w.id = d.webhook_id and (w.state = 'active' or d.event_id is null)
  returning d.tenant_id as "tenantId", d.id as "deliveryId", d.webhook_id as "webhookId", d.event_id as "eventId",
    d.event_type as "eventType", d.occurred_at as "occurredAt", d.attempts, w.url, w.secret_sealed as "secretSealed",
    case when w.previous_secret_ends_at > now() then w.previous_secret_sealed end as "previousSecretSealed"`;

/** Sealed in the very moment in which its webhook was switched off. */
const END_OF_DISABLED = `update webhook_deliveries as d
  set state = 'failed', ended_at = now(), last_problem = 'webhook_disabled'
  from security_webhooks as w
  where d.tenant_id = $1 and d.id = $2 and d.state = 'pending' and d.event_id is not null
    and w.tenant_id = d.tenant_id and w.id = d.webhook_id and w.state = 'disabled'`;

const POSTPONE = `update webhook_deliveries set next_attempt_at = now() + make_interval(secs => $3)
  where tenant_id = $1 and id = $2 and state = 'pending' and next_attempt_at <= now()
  returning next_attempt_at as "nextAttemptAt"`;

/** The attempt's number tells whether the lease is still ours: the next one to claim it raises it. */
const SETTLE = `update webhook_deliveries
  set state = case when $5::text is null then 'delivered' when $6::double precision is null then 'failed' else 'pending' end,
    ended_at = case when $5::text is null or $6::double precision is null then now() end,
    next_attempt_at = case when $6::double precision is null then next_attempt_at
      else now() + make_interval(secs => $6::double precision) end,
    last_status = $4, last_problem = $5
  where tenant_id = $1 and id = $2 and attempts = $3 and state = 'pending'
  returning state, next_attempt_at as "nextAttemptAt"`;

/** A test that fails says nothing about events, nor does what never left here. */
const NOTE_HEALTH = `update security_webhooks
  set failing_since = case when $3 then null when $4 then failing_since else coalesce(failing_since, now()) end,
    last_delivered_at = case when $3 then now() else last_delivered_at end
  where tenant_id = $1 and id = $2
  returning extract(epoch from now() - failing_since)::double precision as "failingSeconds"`;

/** See `DeliveryWork`. */
export function deliveryWork(client: pg.ClientBase): DeliveryWork {
  return {
    claim: async ({ tenantId, deliveryId }, leaseSeconds) => {
      const values = [tenantId, deliveryId, leaseSeconds];
      const { rows } = await client.query<ClaimedDelivery>({ text: CLAIM, values });
      if (rows[0] === undefined) await client.query(END_OF_DISABLED, [tenantId, deliveryId]);
      return rows[0];
    },
    postpone: async ({ tenantId, deliveryId }, seconds) => {
      const { rows } = await client.query<{ nextAttemptAt: Date }>({
        text: POSTPONE,
        values: [tenantId, deliveryId, seconds],
      });
      const jobs = rows.map((row) => ({
        ...jobOf({ tenantId, deliveryId }),
        runAt: row.nextAttemptAt,
      }));
      if (jobs.length > 0) await enqueueAll(client, "deliver-webhook", jobs);
    },
    settle: (claimed, outcome) => settle(client, claimed, outcome),
    disable: async (tenantId, webhookId) => {
      const { rowCount } = await client.query(
        "update security_webhooks set state = 'disabled' where tenant_id = $1 and id = $2 and state = 'active'",
        [tenantId, webhookId],
      );
      if (rowCount !== 1) return false;
      await client.query(
        `update webhook_deliveries set state = 'failed', ended_at = now(), last_problem = 'webhook_disabled'
          where tenant_id = $1 and webhook_id = $2 and state = 'pending' and event_id is not null`,
        [tenantId, webhookId],
      );
      return true;
    },
    requeueOverdue: async (seconds) => {
      const { rows } = await client.query<DeliveryId>(
        `select tenant_id as "tenantId", id as "deliveryId" from webhook_deliveries
          where state = 'pending' and next_attempt_at < now() - make_interval(secs => $1)
          order by next_attempt_at limit 500`,
        [seconds],
      );
      await enqueueAll(client, "deliver-webhook", rows.map(jobOf));
      return rows.length;
    },
  };
}

async function settle(
  client: pg.ClientBase,
  claimed: ClaimedDelivery,
  { status, problem, retrySeconds }: AttemptOutcome,
): Promise<number | null | undefined> {
  const { tenantId, deliveryId, attempts } = claimed;
  const settled = await client.query<{ state: string; nextAttemptAt: Date }>({
    text: SETTLE,
    values: [tenantId, deliveryId, attempts, status, problem, retrySeconds],
  });
  const [delivery] = settled.rows;
  if (delivery === undefined) return undefined;
  if (delivery.state === "pending") {
    const next = { ...jobOf(claimed), runAt: delivery.nextAttemptAt };
    await enqueueAll(client, "deliver-webhook", [next]);
  }
  const { rows } = await client.query<{ failingSeconds: number | null }>({
    text: NOTE_HEALTH,
    values: [
      tenantId,
      claimed.webhookId,
      problem === null,
      claimed.eventId === null || problem === NOT_SENT,
    ],
  });
  return rows[0]?.failingSeconds ?? null;
}

/** By the delivery's own id, so that one delivery has one job that waits. */
function jobOf({ tenantId, deliveryId }: DeliveryId) {
  return { tenantId, ids: { deliveryId }, key: deliveryId };
}
