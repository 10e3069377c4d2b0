import { CreateWebhook, WebhookWithSecret } from "@aic-sos/contract/webhooks";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { newWebhookSecret, sealWebhookSecret } from "../../webhook-secrets.ts";
import { requireAddress } from "./require-address.ts";
import { webhookStore } from "./webhook.store.ts";

export const createWebhook = rbacProcedure("webhook:create", {
  rest: "POST /webhooks",
  summary: "Have security events told to an address; the secret that signs them is shown once",
  input: CreateWebhook,
  output: WebhookWithSecret,
  status: 201,
  secretAnswer: ({ webhook }) => webhook.id,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  requireAddress(deps, input.url);
  const id = deps.newId(grant.cell);
  const secret = newWebhookSecret();
  const sealed = await sealWebhookSecret(deps, { tenantId: grant.tenantId, id }, secret);
  return webhookStore.create(grant, { ...input, id }, { secret, sealed });
});
