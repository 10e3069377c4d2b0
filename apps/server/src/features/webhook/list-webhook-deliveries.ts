import { ListDeliveries, WebhookDeliveryPage } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { webhookStore } from "./webhook.store.ts";

export const listWebhookDeliveries = rbacProcedure("webhook:read", {
  rest: "GET /webhooks/{webhookId}/deliveries",
  summary: "List what was told to a webhook, newest first, kept for 30 days",
  input: ListDeliveries,
  output: WebhookDeliveryPage,
}).query(({ ctx, input }) => webhookStore.listDeliveries(ctx.grant, input));
