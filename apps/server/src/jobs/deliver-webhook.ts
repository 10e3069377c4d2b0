import { MAX_FAILING_DAYS } from "@aic-sos/contract/webhooks";
import { systemJob } from "@aic-sos/db/doors";
import type { Job } from "@aic-sos/db/job-queue";
import {
  type AttemptOutcome,
  type ClaimedDelivery,
  type DeliveryId,
  NOT_SENT,
} from "@aic-sos/db/webhook-deliveries";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { OutboundRefused } from "../outbound/outbound-refused.ts";
import { tenantPlaces } from "../tenant-places.ts";
import { webhookMessage } from "../webhook-message.ts";
import { retryAfter } from "../webhook-retries.ts";
import { openWebhookSecret } from "../webhook-secrets.ts";

const NAME = "deliver-webhook";
/** Longer than the outbound guard lets a request take. */
const LEASE_SECONDS = 20;
/**
 * Deliveries of one tenant at once in one process, a quarter of what the queue works at: receivers that take their ten
 * seconds each time keep their own tenant waiting, and nobody else's alarms.
 */
const MOST_OF_A_TENANT = 4;
/** How long one waits that found its tenant's places taken: so long, and up to as long again. */
const POSTPONED_SECONDS = 2;

/** The task `deliver-webhook` of a cell in this process. */
export function deliverWebhooks(deps: Dependencies, cell: ServedCell): (job: Job) => Promise<void> {
  const places = tenantPlaces(MOST_OF_A_TENANT);
  return async ({ tenantId, ["deliveryId"]: deliveryId }) => {
    if (deliveryId === undefined) throw new TypeError("a job to deliver names no delivery");
    const delivery = { tenantId, deliveryId };
    const giveBack = places.take(tenantId);
    if (giveBack === undefined) {
      const seconds = POSTPONED_SECONDS * (1 + Math.random());
      await systemJob(NAME, cell.code, ({ deliveries }) => deliveries.postpone(delivery, seconds));
      return;
    }
    try {
      await deliver(deps, cell, delivery);
    } finally {
      giveBack();
    }
  };
}

/**
 * One attempt at a delivery: claim, send, settle. Whoever else has the same job finds it claimed. A server that dies in
 * between leaves a lease that ends, and then it is attempted again: a receiver may get a message twice, never none.
 */
async function deliver(deps: Dependencies, cell: ServedCell, delivery: DeliveryId): Promise<void> {
  const claimed = await systemJob(NAME, cell.code, ({ deliveries }) =>
    deliveries.claim(delivery, LEASE_SECONDS),
  );
  if (claimed === undefined) return;
  const answer = await attempt(deps, claimed);
  const again = answer.problem !== null && claimed.eventId !== null;
  const outcome: AttemptOutcome = {
    ...answer,
    retrySeconds: again ? retryAfter(claimed.attempts, Math.random()) : null,
  };
  await settle(cell, claimed, outcome);
}

/**
 * What the receiver said, or why it was not asked. What is wrong on our side (a key that does not open) counts as an attempt,
 * too: a job that threw would be queued again for ever.
 */
async function attempt(
  deps: Dependencies,
  claimed: ClaimedDelivery,
): Promise<Pick<AttemptOutcome, "status" | "problem">> {
  try {
    return await send(deps, claimed);
  } catch (error) {
    if (error instanceof OutboundRefused) return { status: null, problem: error.refusal };
    const { tenantId, webhookId, deliveryId } = claimed;
    deps.log.error({ err: error, tenantId, webhookId, deliveryId }, "a webhook could not be sent");
    return { status: null, problem: NOT_SENT };
  }
}

async function send(
  deps: Dependencies,
  claimed: ClaimedDelivery,
): Promise<Pick<AttemptOutcome, "status" | "problem">> {
  const { tenantId, webhookId: id, url, secretSealed, previousSecretSealed } = claimed;
  const sealed = previousSecretSealed ? [secretSealed, previousSecretSealed] : [secretSealed];
  const place = { tenantId, id };
  const secrets = await Promise.all(sealed.map((one) => openWebhookSecret(deps, place, one)));
  const message = webhookMessage(claimed, secrets, deps.now());
  const { status, ok } = await deps.guardedFetch(url, { method: "POST", ...message });
  return { status, problem: ok ? null : "status" };
}

/** With the attempt's end; one failure too many switches the webhook off, which is an event of its own. */
function settle(
  cell: ServedCell,
  claimed: ClaimedDelivery,
  outcome: AttemptOutcome,
): Promise<void> {
  const { tenantId, webhookId } = claimed;
  return systemJob(NAME, cell.code, async (job) => {
    const failingSeconds = await job.deliveries.settle(claimed, outcome);
    if ((failingSeconds ?? 0) < MAX_FAILING_DAYS * 86_400 || outcome.problem === null) return;
    if (!(await job.deliveries.disable(tenantId, webhookId))) return;
    const resource = { type: "webhook", id: webhookId };
    await job.appendEvent({ type: "security.webhook_disabled", tenantId, resource });
  });
}
