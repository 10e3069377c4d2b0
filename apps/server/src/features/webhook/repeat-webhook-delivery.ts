import { DeliveryPath, WebhookDelivery } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { limitSending } from "./limit-sending.ts";
import { webhookStore } from "./webhook.store.ts";

export const repeatWebhookDelivery = rbacProcedure("webhook_delivery:repeat", {
  rest: "POST /webhooks/{webhookId}/deliveries/{deliveryId}/repeat",
  summary: "Deliver again what was delivered or given up; the message keeps its id",
  input: DeliveryPath,
  output: WebhookDelivery,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  await limitSending(grant);
  return webhookStore.repeatDelivery(grant, input, deps.now());
});
