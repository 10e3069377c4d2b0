import { LOGOUT_TOKEN_SECONDS } from "@aic-sos/auth/logout-token";
import { appendEvents } from "@aic-sos/db/append-event";
import { admitIdentity, type ProviderSession, systemJob } from "@aic-sos/db/doors";
import { consume, isCounted } from "@aic-sos/db/rate-limit";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { PROVIDER_FIELDS } from "./session.store.ts";

export type { ProviderSession } from "@aic-sos/db/doors";

/** In one transaction; what is beyond comes in the next. */
const MOST_AT_ONCE = 500;

/** The name of the limit that remembers tokens. */
const USED = "logout_token";

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

  /** Whether a token did its work in that cell before, on any replica. */
  isUsed(cell: number, issuer: string, jti: string): Promise<boolean> {
    return isCounted(cell, USED, `${issuer} ${jti}`);
  },

  /** Remembers that a token did its work in that cell, as long as it is good at all. */
  async markUsed(cell: number, issuer: string, jti: string): Promise<void> {
    await consume(cell, USED, `${issuer} ${jti}`, { points: 1, seconds: LOGOUT_TOKEN_SECONDS });
  },

  /** The tenants of a cell that a session of the deployment's provider reaches into. */
  tenantsOf(cell: number, session: ProviderSession): Promise<readonly string[]> {
    return systemJob("backchannel-logout", cell, (job) => job.tenantsOfProviderSession(session));
  },

  /** Ends exactly the sessions that the provider names, and the apps let in from them, each with its event. Answers how many. */
  async end(
    tenantId: string,
    session: ProviderSession,
    { now, requestId }: { now: number; requestId: string },
  ): Promise<number> {
    let [ended, last] = [0, 0];
    do {
      last = await admitIdentity(tenantId, (tx) => endSome(tx, session, now), requestId);
      ended += last;
    } while (last >= MOST_AT_ONCE);
    return ended;
  },
};

/** Sessions first: an app that is being let in holds its session's lock until it is there to be found. */
async function endSome(
  tx: ScopedTransaction,
  session: ProviderSession,
  now: number,
): Promise<number> {
  const named = { ...(await namedBy(tx, session)), revokedAt: null };
  const some = { where: named, select: { id: true }, take: MOST_AT_ONCE };
  const end = { revokedAt: new Date(now) };
  const sessions = (await tx.session.findMany(some)).map(({ id }) => id);
  if (sessions.length > 0) {
    await tx.session.updateMany({ where: { id: { in: sessions } }, data: end });
  }
  const apps = (await tx.refreshTokenFamily.findMany(some)).map(({ id }) => id);
  if (apps.length > 0) {
    await tx.refreshTokenFamily.updateMany({ where: { id: { in: apps } }, data: end });
  }
  const ended = [
    ...sessions.map((id) => ({ type: "session", id }) as const),
    ...apps.map((id) => ({ type: "app_session", id }) as const),
  ];
  await appendEvents(
    tx,
    ended.map((resource) => ({
      type: `${resource.type}.ended_by_provider` as const,
      resource,
      actor: ACTOR,
    })),
  );
  return ended.length;
}

async function namedBy(tx: ScopedTransaction, { issuer, sid, subject }: ProviderSession) {
  const ofSession = sid === null ? {} : { providerSessionId: sid };
  if (subject === null) return { issuer, ...ofSession };
  const identity = await tx.identity.findFirst({
    where: { issuer, subject },
    select: { userId: true },
  });
  return { issuer, ...ofSession, userId: { in: identity ? [identity.userId] : [] } };
}
