import { WebhookPath, WebhookWithSecret } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { newWebhookSecret, sealWebhookSecret } from "../../webhook-secrets.ts";
import { webhookStore } from "./webhook.store.ts";

export const rotateWebhookSecret = rbacProcedure("webhook_secret:rotate", {
  rest: "POST /webhooks/{webhookId}/secret",
  summary: "Sign with a new secret, shown once; for 24 h the former one signs as well",
  input: WebhookPath,
  output: WebhookWithSecret,
  status: 201,
  secretAnswer: ({ webhook }) => webhook.id,
}).mutation(async ({ ctx: { deps, grant }, input: { webhookId: id } }) => {
  const secret = newWebhookSecret();
  const sealed = await sealWebhookSecret(deps, { tenantId: grant.tenantId, id }, secret);
  return webhookStore.rotateSecret(grant, id, { secret, sealed }, deps.now());
});
