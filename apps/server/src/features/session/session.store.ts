import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { Role } from "@aic-sos/contract/roles";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity, loginLookup, type LoginTenant } from "@aic-sos/db/doors";

import { type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { AppError } from "../../app-error.ts";
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from "../../session-limits.ts";
import { type LoginRefusal, LoginRefused } from "./login-refused.ts";

export type { LoginTenant };

type Bytes = Uint8Array<ArrayBuffer>;

interface Admission {
  readonly tenantId: string;
  readonly identity: VerifiedIdentity;
  /** Of the invitation that the person came with, its secret already checked. */
  readonly invitationId: string | undefined;
  readonly requestId: string;
  readonly now: number;
  readonly newId: () => string;
  readonly session: {
    readonly id: string;
    readonly secretHash: Bytes;
    readonly userAgentSealed: Bytes | null;
    readonly ipSealed: Bytes | null;
    readonly idTokenHintSealed: Bytes | null;
  };
}

interface OpenInvitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: string;
  readonly workspaceId: string | null;
}

export const sessionStore = {
  /** Turns a verified identity into a session, or refuses it; either way with an event. */
  async admit(admission: Admission): Promise<void> {
    const refused = await admitIdentity(
      admission.tenantId,
      async (tx): Promise<LoginRefusal | undefined> => {
        const userId = await memberOf(tx, admission);
        if (typeof userId !== "string") {
          const resource = { type: "tenant", id: admission.tenantId };
          await appendEvent(tx, { type: "security.login_refused", resource });
          return userId.refusal;
        }
        await storeSession(tx, admission, userId);
        return undefined;
      },
      admission.requestId,
    );
    if (refused) throw new LoginRefused(refused);
  },

  /** The active tenants of a slug in one cell: one at most. */
  findLoginTenants(cell: number, slug: string): Promise<readonly LoginTenant[]> {
    return loginLookup(cell, { slug });
  },

  /** The tenant with its own OpenID providers, before anybody is known. */
  async readLoginTenant(tenantId: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.tenant.findFirst({
        select: {
          state: true,
          identityProviders: {
            where: { state: "active" },
            select: { id: true, issuer: true, clientId: true, clientSecretSealed: true },
            orderBy: { id: "asc" },
            take: 1,
          },
        },
      }),
    );
  },

  async findInvitation(
    tenantId: string,
    id: string,
  ): Promise<{ secretHash: Uint8Array } | undefined> {
    const row = await admitIdentity(tenantId, (tx) =>
      tx.invitation.findFirst({ where: { id }, select: { secretHash: true } }),
    );
    return row ?? undefined;
  },

  /** Ends the principal's own session. @returns the sealed ID token, as the hint of the provider's logout */
  async end(
    grant: Grant<"self:manage">,
    id: string,
    now: number,
  ): Promise<{ id: string; hint: Uint8Array | null }> {
    return write(grant, async (tx) => {
      const own = { id, userId: grant.principalId, revokedAt: null };
      const row = await tx.session.findFirst({ where: own, select: { idTokenHintSealed: true } });
      if (!row) throw new AppError("conflict", "Only a session of the console can be ended here.");
      await tx.session.updateMany({ where: own, data: { revokedAt: new Date(now) } });
      await appendEvent(tx, { type: "session.ended", resource: { type: "session", id } });
      return { id, hint: row.idTokenHintSealed };
    });
  },
};

/** The user that the identity belongs to, made by an invitation where there is none yet; or why there is none. */
async function memberOf(
  tx: ScopedTransaction,
  admission: Admission,
): Promise<string | { refusal: LoginRefusal }> {
  const { identity } = admission;
  const known = await tx.identity.findFirst({
    where: { issuer: identity.issuer, subject: identity.subject },
    select: { userId: true, user: { select: { state: true } } },
  });
  // That a user exists does not show: a disabled one gets the answer of a stranger.
  if (known && known.user.state !== "active") return { refusal: "no_access" };
  const invitations = await openInvitations(tx, admission);
  if (admission.invitationId !== undefined && invitations.length === 0) {
    return { refusal: identity.emailVerified ? "invitation_invalid" : "email_not_verified" };
  }
  if (!known && invitations.length === 0) return { refusal: "no_access" };
  const userId = known?.userId ?? (await createUser(tx, admission));
  for (const invitation of invitations) await accept(tx, admission, userId, invitation);
  return userId;
}

/**
 * Those that this identity may accept: the one it came with, and those for its verified address. They are locked: of
 * two people who come with one invitation at once, one finds it taken before anything is made of them.
 */
async function openInvitations(
  tx: ScopedTransaction,
  { identity, invitationId, now }: Admission,
): Promise<OpenInvitation[]> {
  const address = identity.emailVerified && identity.email !== null ? identity.email : undefined;
  const mine = [
    ...(address === undefined ? [] : [{ email: address }]),
    ...(invitationId === undefined ? [] : [{ id: invitationId, email: null }]),
  ];
  if (mine.length === 0) return [];
  const open = { OR: mine, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date(now) } };
  await tx.invitation.updateMany({ where: open, data: { revokedAt: null } });
  return tx.invitation.findMany({
    where: open,
    select: { id: true, email: true, role: true, workspaceId: true },
    take: 20,
  });
}

async function createUser(tx: ScopedTransaction, { identity, newId }: Admission): Promise<string> {
  const id = newId();
  const displayName = identity.name ?? identity.email ?? "New member";
  const email = identity.emailVerified ? identity.email : null;
  await tx.user.create({ data: { id, kind: "user", displayName, email } });
  await tx.identity.create({
    data: { id: newId(), userId: id, issuer: identity.issuer, subject: identity.subject },
  });
  return id;
}

/** Accepts once. A toxic pair is left unaccepted. */
async function accept(
  tx: ScopedTransaction,
  admission: Admission,
  userId: string,
  invitation: OpenInvitation,
): Promise<void> {
  const { newId, now } = admission;
  const role = Role.parse(invitation.role);
  const held = await tx.roleBinding.findMany({
    where: { userId },
    select: { role: true, workspaceId: true },
  });
  if (
    toxicPair(
      held.map((binding) => Role.parse(binding.role)),
      role,
    )
  )
    return;
  const taken = await tx.invitation.updateMany({
    where: { id: invitation.id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: new Date(now), acceptedBy: userId },
  });
  if (taken.count === 0) return;
  const { workspaceId } = invitation;
  if (!held.some((binding) => binding.role === role && binding.workspaceId === workspaceId)) {
    await tx.roleBinding.create({
      data: { id: newId(), userId, role, workspaceId, source: "invite" },
    });
  }
  await appendEvent(tx, {
    type: "member.joined",
    resource: { type: "user", id: userId },
    workspaceId,
    actor: { id: userId, kind: "user", authentication: "session" },
  });
}

async function storeSession(
  tx: ScopedTransaction,
  { identity, session, now }: Admission,
  userId: string,
): Promise<void> {
  await tx.user.updateMany({ where: { id: userId }, data: { lastSeenAt: new Date(now) } });
  await tx.session.create({
    data: {
      ...session,
      userId,
      lastSeenAt: new Date(now),
      idleExpiresAt: new Date(now + SESSION_IDLE_MS),
      absoluteExpiresAt: new Date(now + SESSION_ABSOLUTE_MS),
      issuer: identity.issuer,
      providerSessionId: identity.sid,
    },
  });
  await appendEvent(tx, {
    type: "session.created",
    resource: { type: "session", id: session.id },
    actor: { id: userId, kind: "user", authentication: "session" },
  });
}
