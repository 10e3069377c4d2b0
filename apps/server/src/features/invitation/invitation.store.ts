import type { Invitation } from "@aic-sos/contract/invitations";
import { Role } from "@aic-sos/contract/roles";
import { appendEvent } from "@aic-sos/db/append-event";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import { beforeId, iso, rowsFor, toPage } from "../../page.ts";

interface InvitationRow {
  id: string;
  email: string | null;
  role: string;
  workspaceId: string | null;
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date;
}

export const invitationStore = {
  /** Those that nobody has accepted or revoked; ended ones say so. */
  async list(
    grant: Grant<"invitation:read">,
    page: { limit: number; cursor?: string | undefined },
    now: number,
  ) {
    const rows = await read(grant, (db) =>
      db.invitation.findMany({
        where: { ...beforeId(page.cursor), acceptedAt: null, revokedAt: null },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(
      rows,
      page.limit,
      (row) => toInvitation(row, now),
      (row) => row.id,
    );
  },

  async revoke(grant: Grant<"invitation:revoke">, id: string, now: number) {
    return write(grant, async (tx) => {
      const revoked = await tx.invitation.updateMany({
        where: { id, acceptedAt: null, revokedAt: null },
        data: { revokedAt: new Date(now) },
      });
      if (revoked.count === 0) throw notFound();
      await appendEvent(tx, { type: "invitation.revoked", resource: { type: "invitation", id } });
      return { id };
    });
  },
};

function toInvitation(row: InvitationRow, now: number): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: Role.parse(row.role),
    workspaceId: row.workspaceId,
    state: row.expiresAt.getTime() > now ? "open" : "ended",
    createdAt: iso(row.createdAt),
    createdBy: row.createdBy,
    expiresAt: iso(row.expiresAt),
  };
}
