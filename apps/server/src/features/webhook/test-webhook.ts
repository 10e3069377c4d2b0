import { WebhookDelivery, WebhookPath } from "@aic-sos/contract/webhooks";
import { limitRate } from "../../limit-rate.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { webhookStore } from "./webhook.store.ts";

/** Tests and repeats of a tenant in one minute: each is a request to somebody else's server. */
const PER_MINUTE = { points: 30, seconds: 60 };

export const testWebhook = rbacProcedure("webhook:test", {
  rest: "POST /webhooks/{webhookId}/test",
  summary: "Send a signed message that tells no event; the delivery says what became of it",
  input: WebhookPath,
  output: WebhookDelivery,
  status: 201,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  await limitRate(grant.cell, "webhook-tests", grant.tenantId, PER_MINUTE);
  const delivery = { id: deps.newId(grant.cell), webhookId: input.webhookId };
  return webhookStore.test(grant, delivery, deps.now());
});
