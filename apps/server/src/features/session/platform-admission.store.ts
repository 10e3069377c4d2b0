import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import type { SessionLimits } from "../../session-settings.ts";
import { LoginRefused } from "./login-refused.ts";
import type { SessionRow } from "./new-session.ts";

export interface PlatformAdmission {
  /** The reserved tenant of a cell. */
  readonly tenantId: string;
  readonly identity: VerifiedIdentity;
  /** Whether the provider puts the person into the group of platform administrators. */
  readonly isMember: boolean;
  readonly session: SessionRow;
  readonly limits: SessionLimits;
  readonly requestId: string;
  readonly now: number;
  readonly newId: () => string;
}

export const platformAdmissionStore = {
  /** Turns a verified identity into a session of a platform administrator in one cell, or refuses it; with an event. */
  async admit(admission: PlatformAdmission): Promise<void> {
    const { tenantId, identity, requestId } = admission;
    const admitted = await admitIdentity(
      tenantId,
      async (tx) => {
        const userId = await administratorOf(tx, admission);
        if (userId !== undefined) await storeSession(tx, admission, userId);
        else {
          const type = identity.groupsWithheld
            ? "security.groups_withheld"
            : "security.login_refused";
          await appendEvent(tx, { type, resource: { type: "tenant", id: tenantId } });
        }
        return userId !== undefined;
      },
      requestId,
    );
    if (!admitted)
      throw new LoginRefused(identity.groupsWithheld ? "groups_withheld" : "no_access");
  },

  /** Ends the copy of a session in another cell than the one where it was ended. */
  endCopy(tenantId: string, id: string, now: number): Promise<unknown> {
    return admitIdentity(tenantId, (tx) =>
      tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(now) } }),
    );
  },
};

/** The person's user, made at the first login. Undefined for who is in no group that counts, or disabled. */
async function administratorOf(
  tx: ScopedTransaction,
  { identity, isMember, newId, now }: PlatformAdmission,
): Promise<string | undefined> {
  if (!isMember) return undefined;
  const { issuer, subject, email, emailVerified } = identity;
  const groups = { groups: [...identity.groups], groupsSeenAt: new Date(now) };
  const known = await tx.identity.findFirst({
    where: { issuer, subject },
    select: { id: true, user: { select: { id: true, state: true } } },
  });
  if (known) {
    await tx.identity.updateMany({ where: { id: known.id }, data: groups });
    return known.user.state === "active" ? known.user.id : undefined;
  }
  const id = newId();
  const displayName = identity.name ?? email ?? "Platform administrator";
  const address = emailVerified ? email : null;
  await tx.user.create({ data: { id, kind: "platform", displayName, email: address } });
  await tx.identity.create({ data: { id: newId(), userId: id, issuer, subject, ...groups } });
  return id;
}

async function storeSession(
  tx: ScopedTransaction,
  { identity, session, limits, now }: PlatformAdmission,
  userId: string,
): Promise<void> {
  await tx.user.updateMany({ where: { id: userId }, data: { lastSeenAt: new Date(now) } });
  await tx.session.create({
    data: {
      ...session,
      userId,
      lastSeenAt: new Date(now),
      idleExpiresAt: new Date(now + limits.idleMs),
      absoluteExpiresAt: new Date(now + limits.absoluteMs),
      issuer: identity.issuer,
      providerSessionId: identity.sid,
    },
  });
  await appendEvent(tx, {
    type: "session.created",
    resource: { type: "session", id: session.id },
    actor: { id: userId, kind: "platform", authentication: "platform_login" },
  });
}
