import { createHmac } from "node:crypto";
import type { ClaimedDelivery } from "@aic-sos/db/webhook-deliveries";
import { SECRET_PREFIX } from "./webhook-secrets.ts";

/** A message as it is sent. */
export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Signs a delivery in the form of Standard Webhooks (standardwebhooks.com): HMAC-SHA-256 over id, timestamp and body.
 * The id is the event's, so it is the same in every attempt. The body holds ids and a type; what happened is read from
 * the audit log by whoever may.
 * @param secrets each signs: after a rotation there are two for a while
 * @param now Unix milliseconds
 */
export function webhookMessage(
  delivery: Pick<
    ClaimedDelivery,
    "tenantId" | "deliveryId" | "webhookId" | "eventId" | "eventType"
  > & {
    readonly occurredAt: Date;
  },
  secrets: readonly string[],
  now: number,
): WebhookMessage {
  const { tenantId, deliveryId, webhookId, eventId, eventType, occurredAt } = delivery;
  const body = JSON.stringify({
    type: eventType,
    timestamp: occurredAt.toISOString(),
    data: { eventId, tenantId, webhookId },
  });
  const id = eventId ?? deliveryId;
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => signatureOf(secret, `${id}.${timestamp}.${body}`));
  return {
    headers: {
      "content-type": "application/json",
      "user-agent": "aic-sos-webhooks",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatures.join(" "),
    },
    body,
  };
}

function signatureOf(secret: string, text: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
}
