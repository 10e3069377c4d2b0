import { MAX_FAILING_DAYS } from "@aic-sos/contract/webhooks";
import { systemJob } from "@aic-sos/db/doors";
import type { Job } from "@aic-sos/db/job-queue";
import type { AttemptOutcome, ClaimedDelivery } from "@aic-sos/db/webhook-deliveries";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { OutboundRefused } from "../outbound/outbound-refused.ts";
import { webhookMessage } from "../webhook-message.ts";
import { retryAfter } from "../webhook-retries.ts";
import { openWebhookSecret } from "../webhook-secrets.ts";

const NAME = "deliver-webhook";
/** Longer than the outbound guard lets a request take. */
const LEASE_SECONDS = 20;

/**
 * One attempt at a delivery: claim, send, settle. Whoever else has the same job finds it claimed. A server that dies in
 * between leaves a lease that ends, and then it is attempted again: a receiver may get a message twice, never none.
 */
export async function deliverWebhook(
  deps: Dependencies,
  cell: ServedCell,
  job: Job,
): Promise<void> {
  const { tenantId, ["deliveryId"]: deliveryId } = job;
  if (deliveryId === undefined) throw new TypeError("a job to deliver names no delivery");
  const claimed = await systemJob(NAME, cell.code, ({ deliveries }) =>
    deliveries.claim({ tenantId, deliveryId }, LEASE_SECONDS),
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

/** What the receiver said, or why it was not asked. Throws only for what is wrong on our side. */
async function attempt(
  deps: Dependencies,
  claimed: ClaimedDelivery,
): Promise<Pick<AttemptOutcome, "status" | "problem">> {
  const { tenantId, webhookId: id, url, secretSealed, previousSecretSealed } = claimed;
  const sealed = previousSecretSealed ? [secretSealed, previousSecretSealed] : [secretSealed];
  const place = { tenantId, id };
  const secrets = await Promise.all(sealed.map((one) => openWebhookSecret(deps, place, one)));
  const message = webhookMessage(claimed, secrets, deps.now());
  try {
    const { status, ok } = await deps.guardedFetch(url, { method: "POST", ...message });
    return { status, problem: ok ? null : "status" };
  } catch (error) {
    if (error instanceof OutboundRefused) return { status: null, problem: error.refusal };
    throw error;
  }
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
