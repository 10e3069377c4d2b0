import { MAX_OPEN_INVITATIONS } from "@aic-sos/contract/invitations";
import type { Member, RoleBinding } from "@aic-sos/contract/members";
import { Role } from "@aic-sos/contract/roles";
import type { IssuedInvitation } from "@aic-sos/contract/tenants";
import { appendEvent } from "@aic-sos/db/append-event";
import { RefusedByDatabase, UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import { read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE, workspaceOf } from "@aic-sos/policy/grant";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { lockAdministrators } from "../../administrators.ts";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import type { NewInvitation } from "../../invitations.ts";
import { limitRows } from "../../limit-rows.ts";
import { roleEvent } from "../../role-event.ts";
import { refuseForService } from "../../service-home.ts";
import { refuseLastAdministrator } from "./last-administrator.store.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";

interface BindingRow {
  id: string;
  role: string;
  workspaceId: string | null;
  expiresAt: Date | null;
}

export const memberStore = {
  /** Who has a role here; seen from a workspace, with their roles there and tenant-wide. */
  async list(grant: Grant<"member:read">, page: { limit: number; cursor?: string | undefined }) {
    const here =
      grant.workspaceId === TENANT_WIDE
        ? {}
        : { OR: [{ workspaceId: grant.workspaceId }, { workspaceId: null }] };
    const rows = await read(grant, (db) =>
      db.user.findMany({
        where: {
          kind: { in: ["user", "service"] },
          ...beforeId(page.cursor),
          roleBindingsAsUser: { some: here },
        },
        include: { roleBindingsAsUser: { where: here, orderBy: { id: "asc" } } },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toMember, (row) => row.id);
  },

  async invite(
    grant: Grant<"member:invite">,
    input: { email: string; role: Role },
    { id, url, secretHash, expiresAt }: NewInvitation,
    now: number,
  ): Promise<IssuedInvitation> {
    return write(grant, async (tx) => {
      const { email, role } = input;
      await limitRows(tx, { what: "open invitations", most: MAX_OPEN_INVITATIONS }, (take) =>
        tx.invitation.count({
          where: {
            workspaceId: workspaceOf(grant),
            acceptedAt: null,
            revokedAt: null,
            expiresAt: { gt: new Date(now) },
          },
          take,
        }),
      );
      await tx.invitation.create({
        data: {
          id,
          workspaceId: workspaceOf(grant),
          email,
          role,
          secretHash,
          expiresAt,
          createdBy: grant.principalId,
        },
      });
      await appendEvent(tx, { type: "member.invited", resource: { type: "invitation", id } });
      return { id, url, email, expiresAt: iso(expiresAt) };
    });
  },

  /** Gives a role in the scope of the grant: nobody gives rights beyond the scope they administer. */
  async grantRole(
    grant: Grant<"role:grant">,
    input: { memberId: string; role: Role; expiresAt?: string | undefined },
    now: number,
  ): Promise<RoleBinding> {
    const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
    if (expiresAt !== null && expiresAt.getTime() <= now)
      throw invalidField("expiresAt", "must be in the future");
    try {
      return await write(grant, async (tx) => {
        // Also locks the user, so that two grants at once cannot make a toxic pair between them.
        const locked = await tx.user.updateMany({
          where: { id: input.memberId, kind: { not: "platform" }, state: "active" },
          data: { state: "active" },
        });
        if (locked.count === 0) throw notFound();
        await refuseForService(tx, grant, input.memberId, input.role);
        await refuseToxicPair(tx, input.memberId, input.role);
        await clearEnded(tx, grant, input, now);
        const row = await tx.roleBinding.create({
          data: {
            id: newId(grant),
            userId: input.memberId,
            role: input.role,
            workspaceId: workspaceOf(grant),
            source: "manual",
            expiresAt,
            createdBy: grant.principalId,
          },
        });
        await appendEvent(tx, roleEvent("role.granted", row));
        return toBinding(row);
      });
    } catch (error) {
      // The database sees the roles in workspaces that this grant does not.
      if (error instanceof RefusedByDatabase && error.constraint === "no_toxic_pair")
        throw toxic("Auditor and any other role must not meet");
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError("already_exists", "The member has this role here already.", {
        errors: [{ field: "role", message: "is held already" }],
      });
    }
  },

  async removeRole(grant: Grant<"role:remove">, id: string, now: number): Promise<{ id: string }> {
    return write(grant, async (tx) => {
      await lockAdministrators(tx);
      const row = await tx.roleBinding.findFirst({
        where: { id, workspaceId: workspaceOf(grant) },
      });
      if (!row) throw notFound();
      await refuseLastAdministrator(tx, row.userId, [row], now);
      await tx.roleBinding.delete({ where: { id } });
      await appendEvent(tx, roleEvent("role.removed", row));
      return { id };
    });
  },
};

/** The same role from another time, which has ended: it would stand in the way of the new one. */
async function clearEnded(
  tx: ScopedTransaction,
  grant: Grant,
  { memberId, role }: { memberId: string; role: Role },
  now: number,
): Promise<void> {
  await tx.roleBinding.deleteMany({
    where: {
      userId: memberId,
      role,
      workspaceId: workspaceOf(grant),
      source: "manual",
      expiresAt: { lte: new Date(now) },
    },
  });
}

async function refuseToxicPair(tx: ScopedTransaction, userId: string, role: Role): Promise<void> {
  const held = await lockRolesOfPersons(tx, [userId]);
  const pair = toxicPair(held.get(userId) ?? [], role);
  if (pair) throw toxic(`${pair[0]} and ${pair[1]} must not meet`);
}

function toxic(what: string): AppError {
  return new AppError("conflict", `${what} in one person; take the other away first.`, {
    errors: [{ field: "role", message: "cannot be held together with another that they have" }],
  });
}

function toBinding(row: BindingRow): RoleBinding {
  return {
    id: row.id,
    role: Role.parse(row.role),
    workspaceId: row.workspaceId,
    expiresAt: isoOrNull(row.expiresAt),
  };
}

function toMember(row: {
  id: string;
  kind: string;
  displayName: string;
  email: string | null;
  state: string;
  lastSeenAt: Date | null;
  roleBindingsAsUser: BindingRow[];
}): Member {
  return {
    id: row.id,
    kind: row.kind === "service" ? "service" : "user",
    displayName: row.displayName,
    email: row.email,
    state: row.state === "active" ? "active" : "disabled",
    bindings: row.roleBindingsAsUser.map(toBinding),
    lastSeenAt: isoOrNull(row.lastSeenAt),
  };
}
