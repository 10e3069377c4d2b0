import { appendEvent, appendEvents } from "@aic-sos/db/append-event";
import { type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { lockAdministrators } from "../../administrators.ts";
import { revokeInvitations } from "../../revoke-invitations.ts";
import { AppError, notFound } from "../../app-error.ts";
import { roleEvent } from "../../role-event.ts";
import { refuseLastAdministrator } from "./last-administrator.store.ts";

/** What is left of a name. */
const REMOVED_NAME = "Removed member";

export const membershipStore = {
  /**
   * Out at the next request, everywhere. Sessions and the invitations that they issued end for good; roles wait for the
   * day they are enabled again.
   */
  async disable(grant: Grant<"member:disable">, id: string, now: number) {
    refuseOneself(grant, id, "disable");
    return write(grant, async (tx) => {
      await lockAdministrators(tx);
      const person = await findPerson(tx, id);
      if (person.state === "active") {
        await refuseLastAdministrator(tx, id, person.roleBindingsAsUser, now);
        await tx.user.update({
          where: { id },
          data: { state: "disabled", disabledAt: new Date(now) },
        });
        await endLogins(tx, id, now);
        // First, for it is the receipt.
        await appendEvent(tx, { type: "member.disabled", resource: { type: "user", id } });
        await revokeInvitationsBy(tx, id, now);
      }
      return { id, state: "disabled" as const };
    });
  },

  async enable(grant: Grant<"member:enable">, id: string) {
    return write(grant, async (tx) => {
      const { state } = await findPerson(tx, id);
      if (state !== "active") {
        await tx.user.update({ where: { id }, data: { state: "active", disabledAt: null } });
        await appendEvent(tx, { type: "member.enabled", resource: { type: "user", id } });
      }
      return { id, state: "active" as const };
    });
  },

  /**
   * Takes roles, identities, sessions and the name. The row stays, since history refers to it: who approved or started
   * something remains one and the same somebody.
   */
  async remove(grant: Grant<"member:remove">, id: string, now: number) {
    refuseOneself(grant, id, "remove");
    return write(grant, async (tx) => {
      await lockAdministrators(tx);
      const person = await findPerson(tx, id);
      await refuseLastAdministrator(tx, id, person.roleBindingsAsUser, now);
      const at = new Date(now);
      await tx.user.update({
        where: { id },
        data: {
          state: "disabled",
          disabledAt: at,
          removedAt: at,
          displayName: REMOVED_NAME,
          email: null,
        },
      });
      await endLogins(tx, id, now);
      await appendEvent(tx, { type: "member.removed", resource: { type: "user", id } });
      await revokeInvitationsBy(tx, id, now);
      await tx.session.deleteMany({ where: { userId: id } });
      await tx.roleBinding.deleteMany({ where: { userId: id } });
      await tx.identity.deleteMany({ where: { userId: id } });
      await forgetInvitations(tx, id, person.email, at);
      await appendEvents(
        tx,
        person.roleBindingsAsUser.map((binding) =>
          roleEvent("role.removed", { ...binding, userId: id }),
        ),
      );
      return { id };
    });
  },
};

/** Nobody locks themselves out by accident. */
function refuseOneself(grant: Grant, id: string, verb: string): void {
  if (id !== grant.principalId) return;
  throw new AppError("conflict", `You cannot ${verb} yourself; ask another administrator.`, {
    errors: [{ field: "memberId", message: "is you" }],
  });
}

async function findPerson(tx: ScopedTransaction, id: string) {
  const person = await tx.user.findFirst({
    where: { id, kind: "user", removedAt: null },
    select: {
      state: true,
      email: true,
      roleBindingsAsUser: { select: { id: true, role: true, workspaceId: true, expiresAt: true } },
    },
  });
  if (!person) throw notFound();
  return person;
}

async function endLogins(tx: ScopedTransaction, userId: string, now: number): Promise<void> {
  const revoked = { where: { userId, revokedAt: null }, data: { revokedAt: new Date(now) } };
  await tx.session.updateMany(revoked);
  await tx.refreshTokenFamily.updateMany(revoked);
}

/** Nobody comes in on the word of somebody who is out: perhaps they had invited themselves. */
async function revokeInvitationsBy(
  tx: ScopedTransaction,
  userId: string,
  now: number,
): Promise<void> {
  const open = { createdBy: userId, acceptedAt: null, revokedAt: null };
  const invitations = await tx.invitation.findMany({
    where: open,
    select: { id: true, workspaceId: true },
  });
  await revokeInvitations(tx, invitations, now);
}

/** Open ones for the address are revoked, and the address goes from all. */
async function forgetInvitations(
  tx: ScopedTransaction,
  userId: string,
  email: string | null,
  at: Date,
): Promise<void> {
  await tx.invitation.updateMany({ where: { acceptedBy: userId }, data: { email: null } });
  if (email === null) return;
  await tx.invitation.updateMany({
    where: { email, acceptedAt: null, revokedAt: null },
    data: { revokedAt: at },
  });
  await tx.invitation.updateMany({ where: { email }, data: { email: null } });
}
