import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { DisplayName, Instant } from "./text.ts";

/** Webhooks of one tenant. */
export const MAX_WEBHOOKS = 20;
/** After a rotation the former secret signs as well for so many hours. */
export const SECRET_OVERLAP_HOURS = 24;
/** Days of nothing but failures after which a webhook is switched off. */
export const MAX_FAILING_DAYS = 3;

export const WEBHOOK_STATES = ["active", "disabled"] as const;
export const DELIVERY_STATES = ["pending", "delivered", "failed"] as const;

/** What the type of a delivery says that tells no event. */
export const WEBHOOK_TEST = "webhook.test";

/** Plain http is for hosts that the deployment allows; it is shown to everyone who sees the webhook. */
const Address = z
  .string()
  .trim()
  .max(500)
  .pipe(z.url({ protocol: /^https?$/, error: "must be an https address" }))
  .refine((address) => !holdsCredentials(address), "must not hold a user name or password");

function holdsCredentials(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.username !== "" || url.password !== "");
}

/** Where the tenant's security events are told, without the secret that signs, which nobody can see again. */
export const Webhook = z
  .object({
    id: Id,
    name: z.string(),
    url: z.string(),
    state: z.enum(WEBHOOK_STATES),
    /** Of the first failure since it last worked; null while it works. */
    failingSince: Instant.nullable(),
    lastDeliveredAt: Instant.nullable(),
    createdBy: Id,
    createdAt: Instant,
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

/** `secret` is shown this once: `whsec_` and 32 bytes in base64, as Standard Webhooks has it. */
export const WebhookWithSecret = z
  .object({ webhook: Webhook, secret: z.string() })
  .meta({ id: "WebhookWithSecret" });

/** One event for one webhook, or a test. */
export const WebhookDelivery = z
  .object({
    id: Id,
    webhookId: Id,
    /** Null of a test. */
    eventId: Id.nullable(),
    type: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().min(0),
    /** Null once it has ended. */
    nextAttemptAt: Instant.nullable(),
    /** What the receiver answered last; null when it did not. */
    lastStatus: z.int().nullable(),
    /** Why the last attempt failed, as a code such as `status`, `too_slow`, `redirected`, `not_public`. */
    lastProblem: z.string().nullable(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const CreateWebhook = z.object({ name: DisplayName, url: Address });
/** What is left out stays. */
export const UpdateWebhook = z.object({
  webhookId: Id,
  name: DisplayName.optional(),
  url: Address.optional(),
  state: z.enum(WEBHOOK_STATES).optional(),
});
export const WebhookPath = z.object({ webhookId: Id });
export const RemovedWebhook = z.object({ id: Id });
export const DeliveryPath = z.object({ webhookId: Id, deliveryId: Id });

export const ListWebhooks = z.object(pageInput);
export const WebhookPage = pageOf(Webhook);
export const ListDeliveries = z.object({ webhookId: Id, ...pageInput });
export const WebhookDeliveryPage = pageOf(WebhookDelivery);
