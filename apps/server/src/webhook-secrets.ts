import { randomBytes } from "node:crypto";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "./dependencies.ts";

/** How Standard Webhooks marks a secret, so that scanners find one that leaks. */
export const SECRET_PREFIX = "whsec_";

interface WebhookPlace {
  readonly tenantId: string;
  readonly id: string;
}

/** A new secret: `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(32).toString("base64")}`;
}

/** Where it is sealed: a sealed value opens nowhere else. */
function contextOf({ tenantId, id }: WebhookPlace) {
  return { tenantId, purpose: "webhook_secret", recordId: id, field: "secret_sealed" } as const;
}

export async function sealWebhookSecret(
  deps: Pick<Dependencies, "keyringOf">,
  place: WebhookPlace,
  secret: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deps.keyringOf(cellOf(place.tenantId)).forTenant(place.tenantId);
  return new Uint8Array(key.seal(Buffer.from(secret, "utf8"), contextOf(place)));
}

export async function openWebhookSecret(
  deps: Pick<Dependencies, "keyringOf">,
  place: WebhookPlace,
  sealed: Uint8Array,
): Promise<string> {
  const keyring = deps.keyringOf(cellOf(place.tenantId));
  const opened = await keyring.open(place.tenantId, sealed, contextOf(place));
  return Buffer.from(opened).toString("utf8");
}
