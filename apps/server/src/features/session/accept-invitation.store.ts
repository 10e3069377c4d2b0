import { Role } from "@aic-sos/contract/roles";
import { appendEvent } from "@aic-sos/db/append-event";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import type { EmailAuthority } from "./email-authority.ts";

interface OpenInvitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: string;
  readonly workspaceId: string | null;
}

/** Those that this identity may accept: the one it came with, and those for its verified address. */
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
  return tx.invitation.findMany({
    where: open,
    select: { id: true, email: true, role: true, workspaceId: true },
    take: 20,
  });
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
  const has = await tx.roleBinding.findFirst({
    where: { userId, role, workspaceId, source: { not: "group" } },
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
