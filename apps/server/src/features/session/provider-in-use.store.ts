import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { lockOwnProviders } from "../../own-providers.ts";

/**
 * Whether the tenant still logs in by the provider that has just said who somebody is: a login takes seconds, in which
 * the provider may have been switched off, removed, or made another one. It stays locked to the end of the
 * transaction, so that whoever does that meanwhile waits, and takes back what this login gives.
 * @param providerId null for the deployment's default one, which counts as long as the tenant has none of its own
 */
export async function isProviderInUse(
  tx: ScopedTransaction,
  providerId: string | null,
  { issuer }: Pick<VerifiedIdentity, "issuer">,
): Promise<boolean> {
  const active = { state: "active" };
  if (providerId === null) {
    await lockOwnProviders(tx);
    return !(await tx.identityProvider.findFirst({ where: active, select: { id: true } }));
  }
  await tx.identityProvider.updateMany({ where: { id: providerId, ...active }, data: active });
  const present = await tx.identityProvider.findFirst({
    where: { id: providerId, ...active },
    select: { issuer: true },
  });
  return present !== null && new URL(present.issuer).href === new URL(issuer).href;
}
