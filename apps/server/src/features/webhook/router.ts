import { t } from "../../trpc/init.ts";
import { createWebhook } from "./create-webhook.ts";
import { listWebhookDeliveries } from "./list-webhook-deliveries.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { removeWebhook } from "./remove-webhook.ts";
import { repeatWebhookDelivery } from "./repeat-webhook-delivery.ts";
import { rotateWebhookSecret } from "./rotate-webhook-secret.ts";
import { testWebhook } from "./test-webhook.ts";
import { updateWebhook } from "./update-webhook.ts";

export const webhookRouter = t.router({
  create: createWebhook,
  list: listWebhooks,
  listDeliveries: listWebhookDeliveries,
  remove: removeWebhook,
  repeatDelivery: repeatWebhookDelivery,
  rotateSecret: rotateWebhookSecret,
  test: testWebhook,
  update: updateWebhook,
});
