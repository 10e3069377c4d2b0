import { WebhookDelivery, WebhookPath } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { limitSending } from "./limit-sending.ts";
import { webhookStore } from "./webhook.store.ts";

export const testWebhook = rbacProcedure("webhook:test", {
  rest: "POST /webhooks/{webhookId}/test",
  summary: "Send a signed message that tells no event; the delivery says what became of it",
  input: WebhookPath,
  output: WebhookDelivery,
  status: 201,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  await limitSending(grant);
  const delivery = { id: deps.newId(grant.cell), webhookId: input.webhookId };
  return webhookStore.test(grant, delivery, deps.now());
});
