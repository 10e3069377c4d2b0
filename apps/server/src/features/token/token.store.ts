import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import type { NewFamily } from "../../issue-family.ts";
import { lockLettingSession } from "./letting-session.store.ts";

/** Parallel requests and lost answers are normal: so long a used refresh token answers with the same successor. */
const REPLAY_MS = 10_000;

/** Which tenant, when (Unix milliseconds), and by which request. */
export interface At {
  readonly tenantId: string;
  readonly now: number;
  readonly requestId: string;
}

interface Family {
  readonly id: string;
  readonly userId: string;
}

interface BoundFamily extends Family {
  readonly clientId: string;
  readonly derivationKeyId: string;
  /** `x5t#S256` of RFC 8705. */
  readonly confirmation: string;
  readonly ends: number;
}

interface Successor {
  readonly id: string;
  readonly secretHash: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
}

export const tokenStore = {
  async findCode(tenantId: string, id: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.authorizationCode.findFirst({
        where: { id },
        select: {
          id: true,
          userId: true,
          clientId: true,
          redirectUri: true,
          codeChallenge: true,
          boundWorkspaceId: true,
          deviceNameSealed: true,
          secretHash: true,
          usedAt: true,
        },
      }),
    );
  },

  /** Uses a code up and writes what comes of it, or revokes what came of it before. */
  async redeemCode(at: At, id: string, family: NewFamily): Promise<"redeemed" | "refused"> {
    return transaction(at, async (tx) => {
      // Locks it: of two who come with one code at once, the second one finds it used.
      const open = { id, usedAt: null };
      const { count } = await tx.authorizationCode.updateMany({
        where: open,
        data: { usedAt: null },
      });
      const code = await findForRedeeming(tx, id);
      if (!code) return "refused";
      if (count === 0) {
        const kept = { id: code.familyId ?? "", userId: code.userId };
        await revokeFamily(tx, at, kept, "security.token_reuse");
        return "refused";
      }
      if (code.expiresAt.getTime() <= at.now) return "refused";
      const origin = await lockLettingSession(tx, code.sessionId, at.now);
      if (!origin || !(await isActive(tx, code.user))) return "refused";
      await family.write(tx, origin);
      await tx.authorizationCode.updateMany({
        where: open,
        data: { usedAt: new Date(at.now), familyId: family.id },
      });
      return "redeemed";
    });
  },

  async findRefreshToken(tenantId: string, id: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.refreshToken.findFirst({
        where: { id },
        select: {
          secretHash: true,
          family: {
            select: {
              id: true,
              userId: true,
              clientId: true,
              derivationKeyId: true,
              boundWorkspaceId: true,
              certificateThumbprint: true,
              absoluteExpiresAt: true,
            },
          },
        },
      }),
    );
  },

  /**
   * Uses a refresh token up. Used already: within ten seconds its successor once more, later the family is revoked.
   * @returns the successor's id, undefined when there is none to be had
   */
  async rotate(
    at: At,
    { id, family }: { readonly id: string; readonly family: Family },
    successor: Successor,
  ): Promise<string | undefined> {
    return transaction(at, async (tx) => {
      // Locks the family: rotations of it come one after the other, and none after its revocation.
      const now = new Date(at.now);
      const { count } = await tx.refreshTokenFamily.updateMany({
        where: { id: family.id, revokedAt: null, absoluteExpiresAt: { gt: now } },
        data: { lastUsedAt: now },
      });
      const token = await findForRotating(tx, id);
      if (count === 0 || !token || !(await isActive(tx, token.family.user))) return undefined;
      if (token.usedAt !== null) {
        if (at.now - token.usedAt.getTime() <= REPLAY_MS) return token.successorId ?? undefined;
        await revokeFamily(tx, at, family, "security.token_reuse");
        return undefined;
      }
      if (token.expiresAt.getTime() <= at.now) return undefined;
      await tx.refreshToken.create({ data: { ...successor, familyId: family.id } });
      await tx.refreshToken.updateMany({
        where: { id },
        data: { usedAt: now, successorId: successor.id },
      });
      await appendEvent(tx, {
        type: "app_session.refreshed",
        resource: { type: "app_session", id: family.id },
        actor: appOf(family.userId),
      });
      return successor.id;
    });
  },

  /** Writes the family of a service's bound token; no refresh token comes of it. `ends` in Unix milliseconds. */
  async beginBound(at: At, family: BoundFamily): Promise<void> {
    const { id, userId, clientId, derivationKeyId, confirmation, ends } = family;
    await transaction(at, async (tx) => {
      await tx.refreshTokenFamily.create({
        data: {
          id,
          userId,
          clientId,
          derivationKeyId,
          certificateThumbprint: confirmation,
          absoluteExpiresAt: new Date(ends),
          lastUsedAt: new Date(at.now),
        },
      });
      await appendEvent(tx, {
        type: "app_session.created",
        resource: { type: "app_session", id },
        actor: { id: userId, kind: "service", authentication: "client_certificate" },
      });
    });
  },

  /** Ends a family, if it has not ended. */
  async revoke(at: At, family: Family): Promise<void> {
    await transaction(at, (tx) => revokeFamily(tx, at, family, "app_session.revoked"));
  },
};

function transaction<T>(at: At, fn: (tx: ScopedTransaction) => Promise<T>): Promise<T> {
  return admitIdentity(at.tenantId, fn, at.requestId);
}

function findForRedeeming(tx: ScopedTransaction, id: string) {
  return tx.authorizationCode.findFirst({
    where: { id },
    select: {
      userId: true,
      familyId: true,
      sessionId: true,
      expiresAt: true,
      user: { select: { state: true } },
    },
  });
}

function findForRotating(tx: ScopedTransaction, id: string) {
  return tx.refreshToken.findFirst({
    where: { id },
    select: {
      usedAt: true,
      successorId: true,
      expiresAt: true,
      family: { select: { user: { select: { state: true } } } },
    },
  });
}

/** Whether this person may get tokens at all: asked in the transaction in which they would. */
export async function isActive(
  tx: ScopedTransaction,
  user: { readonly state: string },
): Promise<boolean> {
  const tenant = await tx.tenant.findFirst({ select: { state: true } });
  return user.state === "active" && tenant?.state === "active";
}

async function revokeFamily(
  tx: ScopedTransaction,
  at: At,
  { id, userId }: Family,
  type: "app_session.revoked" | "security.token_reuse",
): Promise<void> {
  const { count } = await tx.refreshTokenFamily.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date(at.now) },
  });
  // A used token that comes again is told each time; a sign-in ends once.
  if (count === 0 && type === "app_session.revoked") return;
  const resource = { type: "app_session", id };
  await appendEvent(tx, { type, resource, actor: appOf(userId) });
}

/** By what was presented it is this person's app; whoever presented it. */
function appOf(userId: string) {
  return { id: userId, kind: "user", authentication: "access_token" } as const;
}
