import type { Grant } from "@aic-sos/policy/grant";
import type { Dependencies } from "./dependencies.ts";

/**
 * How changed values appear in the audit log: as HMACs under the tenant's key, never as themselves. A plain digest of
 * a guessable value would be the value; destroying the key ends this too. Fetch it before the transaction begins.
 */
export async function changeDigest(
  deps: Dependencies,
  grant: Grant,
): Promise<(value: string) => string> {
  const key = await deps.keyringOf(grant.cell).forTenant(grant.tenantId);
  return (value) =>
    Buffer.from(key.hmac("audit-change", Buffer.from(value, "utf8"))).toString("base64url");
}
