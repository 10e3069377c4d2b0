import type { Actor } from "@aic-sos/audit/event";
import { appendEvents } from "@aic-sos/db/append-event";
import type { ScopedTransaction } from "@aic-sos/db/scoped";

/**
 * Revokes these open invitations, each with its event.
 * @param actor for login alone, where nobody is known yet; else whoever the transaction is granted to
 */
export async function revokeInvitations(
  tx: ScopedTransaction,
  invitations: readonly { readonly id: string; readonly workspaceId: string | null }[],
  now: number,
  actor?: Actor,
): Promise<void> {
  if (invitations.length === 0) return;
  await tx.invitation.updateMany({
    where: { id: { in: invitations.map(({ id }) => id) }, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date(now) },
  });
  await appendEvents(
    tx,
    invitations.map(({ id, workspaceId }) => ({
      type: "invitation.revoked",
      resource: { type: "invitation", id },
      workspaceId,
      ...(actor === undefined ? {} : { actor }),
    })),
  );
}
