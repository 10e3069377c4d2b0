import { Role } from "@aic-sos/contract/roles";
import { appendEvent } from "@aic-sos/db/append-event";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { revokeInvitations } from "../../revoke-invitations.ts";
import type { EmailAuthority } from "./email-authority.ts";
import { onGoodWord, type OnWord } from "./inviters.store.ts";

interface OpenInvitation extends OnWord {
  readonly id: string;
  readonly email: string | null;
  readonly role: string;
}

/** The rest is for the next login. */
const MOST_AT_ONCE = 20;

const ACCEPTING = {
  id: "system:accept-invitation",
  kind: "system",
  authentication: "none",
} as const;

/**
 * Those that this identity may accept: the one it came with, and those for its verified address. One whose issuer may
 * not invite there any more has ended with that right, and is revoked, so that the list of open ones says so.
 */
export async function openInvitations(
  tx: ScopedTransaction,
  { invitationId, now }: { readonly invitationId: string | undefined; readonly now: number },
  { trusted }: EmailAuthority,
): Promise<OpenInvitation[]> {
  const mine = [
    ...(trusted === null ? [] : [{ email: trusted }]),
    ...(invitationId === undefined ? [] : [{ id: invitationId, email: null }]),
  ];
  if (mine.length === 0) return [];
  const open = { OR: mine, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date(now) } };
  // Locks them: of two people who come with one invitation at once, one finds it taken before anything is made of them.
  await tx.invitation.updateMany({ where: open, data: { revokedAt: null } });
  const found = await tx.invitation.findMany({
    where: open,
    select: { id: true, email: true, role: true, workspaceId: true, createdBy: true },
    orderBy: { id: "asc" },
  });
  const isGood = await onGoodWord(tx, found, now);
  const worthless = found.filter((invitation) => !isGood(invitation));
  await revokeInvitations(tx, worthless, now, ACCEPTING);
  // Only now, and the one it came with before the others: those that are worth nothing keep out none that is.
  const good = found.filter(isGood);
  const clicked = good.filter(({ id }) => id === invitationId);
  return [...clicked, ...good.filter(({ id }) => id !== invitationId)].slice(0, MOST_AT_ONCE);
}

/** Roles that must not meet in one person do not: it is told instead. */
export function refuseToxic(tx: ScopedTransaction, userId: string, workspaceId: string | null) {
  return appendEvent(tx, {
    type: "security.toxic_binding_refused",
    resource: { type: "user", id: userId },
    workspaceId,
  });
}

/** Accepts once: of two logins at the same time one finds the invitation taken. A toxic pair is left unaccepted. */
export async function acceptInvitation(
  tx: ScopedTransaction,
  { newId, now }: { readonly newId: () => string; readonly now: number },
  userId: string,
  { id, workspaceId, role: named }: OpenInvitation,
): Promise<void> {
  const role = Role.parse(named);
  const held = (await lockRolesOfPersons(tx, [userId])).get(userId) ?? [];
  if (toxicPair(held, role)) {
    await refuseToxic(tx, userId, workspaceId);
    return;
  }
  const taken = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: new Date(now), acceptedBy: userId },
  });
  if (taken.count === 0) return;
  const forGood = { source: { not: "group" }, expiresAt: null };
  const has = await tx.roleBinding.findFirst({
    where: { userId, role, workspaceId, ...forGood },
    select: { id: true },
  });
  if (!has) {
    await tx.roleBinding.create({
      data: { id: newId(), userId, role, workspaceId, source: "invite" },
    });
  }
  await appendEvent(tx, {
    type: "member.joined",
    resource: { type: "user", id: userId },
    binding: { userId, role },
    workspaceId,
    actor: { id: userId, kind: "user", authentication: "session" },
  });
}
