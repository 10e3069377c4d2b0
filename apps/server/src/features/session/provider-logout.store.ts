import { LOGOUT_TOKEN_SECONDS } from "@aic-sos/auth/logout-token";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity, type ProviderSession, systemJob } from "@aic-sos/db/doors";
import { consume } from "@aic-sos/db/rate-limit";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { PROVIDER_FIELDS } from "./session.store.ts";

/** Sessions that one person has open at once stay far below. */
const MOST_SESSIONS = 500;

const ACTOR = {
  id: "system:backchannel-logout",
  kind: "system",
  authentication: "none",
} as const;

export const providerLogoutStore = {
  /** A provider of the tenant, also one that is switched off: its sessions go on, so it may end them. */
  findProvider(tenantId: string, id: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.identityProvider.findFirst({ where: { id }, select: PROVIDER_FIELDS }),
    );
  },

  /** True the first time that a token is seen, on any replica, as long as it is good at all. */
  async isFirstUse(cell: number, issuer: string, jti: string): Promise<boolean> {
    const once = { points: 1, seconds: LOGOUT_TOKEN_SECONDS };
    return (await consume(cell, "logout_token", `${issuer} ${jti}`, once)).ok;
  },

  /** The tenants of a cell that a session of the deployment's provider reaches into. */
  tenantsOf(cell: number, session: ProviderSession): Promise<readonly string[]> {
    return systemJob("backchannel-logout", cell, (job) => job.tenantsOfProviderSession(session));
  },

  /** Ends exactly the sessions that the provider names, each with its event. Answers how many. */
  end(
    tenantId: string,
    session: ProviderSession,
    { now, requestId }: { now: number; requestId: string },
  ): Promise<number> {
    return admitIdentity(
      tenantId,
      async (tx) => {
        const found = await tx.session.findMany({
          where: { ...(await namedBy(tx, session)), revokedAt: null },
          select: { id: true },
          take: MOST_SESSIONS,
        });
        const ids = found.map(({ id }) => id);
        await tx.session.updateMany({
          where: { id: { in: ids } },
          data: { revokedAt: new Date(now) },
        });
        for (const id of ids) {
          const resource = { type: "session", id };
          await appendEvent(tx, { type: "session.ended_by_provider", resource, actor: ACTOR });
        }
        return ids.length;
      },
      requestId,
    );
  },
};

async function namedBy(tx: ScopedTransaction, { issuer, sid, subject }: ProviderSession) {
  const ofSession = sid === null ? {} : { providerSessionId: sid };
  if (subject === null) return { issuer, ...ofSession };
  const identity = await tx.identity.findFirst({
    where: { issuer, subject },
    select: { userId: true },
  });
  return { issuer, ...ofSession, userId: { in: identity ? [identity.userId] : [] } };
}
