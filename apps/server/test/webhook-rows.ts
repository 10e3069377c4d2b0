import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { freshId } from "@aic-sos/testkit/make-id";
import { newWebhookSecret, sealWebhookSecret } from "../src/webhook-secrets.ts";
import type { Harness } from "./harness.ts";

export interface WebhookRows {
  readonly webhookId: string;
  /** Given up, so that it can be repeated. */
  readonly deliveryId: string;
}

/** A webhook and a delivery: what only a tenant-wide administrator could make. It is switched off, so it is told nothing. */
export async function makeWebhookRows(
  harness: Harness,
  tenant: TestTenant,
  createdBy: string,
): Promise<WebhookRows> {
  const cell = tenant.cell === harness.us.code ? harness.us : harness.eu;
  const db = await harness.cells.superuser(cell);
  const [webhookId, deliveryId] = [freshId(tenant.cell), freshId(tenant.cell)];
  const place = { tenantId: tenant.id, id: webhookId };
  const sealed = await sealWebhookSecret(harness, place, newWebhookSecret());
  await db.query(
    `insert into security_webhooks (tenant_id, id, name, url, secret_sealed, state, created_by)
      values ($1, $2, 'Place', 'https://10.0.0.7/hook', $3, 'disabled', $4)`,
    [tenant.id, webhookId, sealed, createdBy],
  );
  await db.query(
    `insert into webhook_deliveries (tenant_id, id, webhook_id, event_type, occurred_at, state, ended_at)
      values ($1, $2, $3, 'webhook.test', now(), 'failed', now())`,
    [tenant.id, deliveryId, webhookId],
  );
  return { webhookId, deliveryId };
}
