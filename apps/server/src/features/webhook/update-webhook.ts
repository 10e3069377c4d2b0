import { UpdateWebhook, Webhook } from "@aic-sos/contract/webhooks";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { requireAddress } from "./require-address.ts";
import { webhookStore } from "./webhook.store.ts";

export const updateWebhook = rbacProcedure("webhook:update", {
  rest: "PUT /webhooks/{webhookId}",
  summary: "Change a webhook, or switch it off and on; what is left out stays",
  input: UpdateWebhook,
  output: Webhook,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  if (input.url !== undefined) requireAddress(deps, input.url);
  return webhookStore.update(grant, input, await changeDigest(deps, grant));
});
