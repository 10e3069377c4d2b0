import { ListWebhooks, WebhookPage } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { webhookStore } from "./webhook.store.ts";

export const listWebhooks = rbacProcedure("webhook:read", {
  rest: "GET /webhooks",
  summary: "List the addresses that security events are told to",
  input: ListWebhooks,
  output: WebhookPage,
}).query(({ ctx, input }) => webhookStore.list(ctx.grant, input));
