import type { ScopedTransaction } from "@aic-sos/db/scoped";
import type { ProviderOrigin } from "../../issue-family.ts";

/**
 * The session that an app is let in from, locked until the transaction ends: a logout waits for the app to be there, and
 * ends it. Undefined when the session has ended.
 * @param now Unix milliseconds
 */
export async function lockLettingSession(
  tx: ScopedTransaction,
  id: string,
  now: number,
): Promise<ProviderOrigin | undefined> {
  const at = new Date(now);
  const living = {
    id,
    revokedAt: null,
    idleExpiresAt: { gt: at },
    absoluteExpiresAt: { gt: at },
  };
  const { count } = await tx.session.updateMany({ where: living, data: { revokedAt: null } });
  if (count === 0) return undefined;
  const origin = { issuer: true, providerSessionId: true };
  return (await tx.session.findFirst({ where: { id }, select: origin })) ?? undefined;
}
