import { DeliveryPath, WebhookDelivery } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { webhookStore } from "./webhook.store.ts";

export const repeatWebhookDelivery = rbacProcedure("webhook_delivery:repeat", {
  rest: "POST /webhooks/{webhookId}/deliveries/{deliveryId}/repeat",
  summary: "Deliver again what was delivered or given up; the message keeps its id",
  input: DeliveryPath,
  output: WebhookDelivery,
}).mutation(({ ctx, input }) => webhookStore.repeatDelivery(ctx.grant, input, ctx.deps.now()));
