import { RemovedWebhook, WebhookPath } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { webhookStore } from "./webhook.store.ts";

export const removeWebhook = rbacProcedure("webhook:remove", {
  rest: "DELETE /webhooks/{webhookId}",
  summary: "Remove a webhook with its secret and its deliveries",
  input: WebhookPath,
  output: RemovedWebhook,
}).mutation(({ ctx, input }) => webhookStore.remove(ctx.grant, input.webhookId));
