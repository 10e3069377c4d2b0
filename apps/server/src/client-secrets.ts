import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "./dependencies.ts";

/** Where the secret of an identity provider's client is sealed: a sealed value opens nowhere else. */
function contextOf(tenantId: string, identityProviderId: string) {
  return {
    tenantId,
    purpose: "client_secret",
    recordId: identityProviderId,
    field: "client_secret_sealed",
  } as const;
}

/** The secret that an OpenID client of a tenant shows its provider, sealed. */
export async function sealClientSecret(
  deps: Dependencies,
  tenantId: string,
  identityProviderId: string,
  secret: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deps.keyringOf(cellOf(tenantId)).forTenant(tenantId);
  const sealed = key.seal(Buffer.from(secret, "utf8"), contextOf(tenantId, identityProviderId));
  return new Uint8Array(sealed);
}

/** Opens it; null for a public client. */
export async function openClientSecret(
  deps: Dependencies,
  tenantId: string,
  provider: { readonly id: string; readonly clientSecretSealed: Uint8Array | null },
): Promise<string | null> {
  if (provider.clientSecretSealed === null) return null;
  const opened = await deps
    .keyringOf(cellOf(tenantId))
    .open(tenantId, provider.clientSecretSealed, contextOf(tenantId, provider.id));
  return Buffer.from(opened).toString("utf8");
}
