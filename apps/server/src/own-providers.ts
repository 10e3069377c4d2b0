import { lockInTenant } from "@aic-sos/db/lock-in-tenant";
import type { ScopedTransaction } from "@aic-sos/db/scoped";

/**
 * Takes turns between a change of the tenant's own providers and a login by the deployment's, which counts while there
 * is none of its own: there is no row to lock.
 */
export function lockOwnProviders(tx: ScopedTransaction): Promise<void> {
  return lockInTenant(tx, "own identity providers");
}
