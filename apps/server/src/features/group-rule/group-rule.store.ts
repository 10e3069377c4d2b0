import {
  type CreateGroupRule,
  type GroupRule,
  MAX_GROUP_RULES,
} from "@aic-sos/contract/group-rules";
import { Role } from "@aic-sos/contract/roles";
import { appendEvent, appendEvents } from "@aic-sos/db/append-event";
import { ReferenceViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { hasAdministrator, lockAdministrators } from "../../administrators.ts";
import { AppError, notFound } from "../../app-error.ts";
import { applyGroupRules } from "../../group-bindings.ts";
import { wholeRow } from "../../change-digest.ts";
import { limitRows } from "../../limit-rows.ts";
import { beforeId, iso, rowsFor, toPage } from "../../page.ts";
import { roleEvent } from "../../role-event.ts";

export const groupRuleStore = {
  async list(
    grant: Grant<"group_rule:read">,
    page: { limit: number; cursor?: string | undefined },
  ) {
    const rows = await read(grant, (db) =>
      db.groupRule.findMany({
        where: beforeId(page.cursor),
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toRule, (row) => row.id);
  },

  /**
   * In force at once, over the groups last seen. The grant is tenant-wide, so its holder administers all that a rule can
   * give. Throws `not_found` for a workspace or a provider that is not the tenant's.
   */
  async create(
    grant: Grant<"group_rule:create">,
    input: CreateGroupRule,
    digest: (value: string) => string,
  ) {
    const { group, role, roleWorkspaceId = null, identityProviderId = null } = input;
    try {
      return await write(grant, async (tx) => {
        await limitRows(tx, { what: "group rules", most: MAX_GROUP_RULES }, (take) =>
          tx.groupRule.count({ take }),
        );
        const row = await tx.groupRule.create({
          data: {
            id: newId(grant),
            groupName: group,
            role,
            roleWorkspaceId,
            identityProviderId,
            createdBy: grant.principalId,
          },
        });
        await appendEvent(tx, {
          type: "group_rule.created",
          resource: resourceOf(row.id),
          changes: wholeRow("after", fieldsOf(row), digest),
        });
        const { given, refused } = await applyGroupRules(tx, await usersIn(tx, group), () =>
          newId(grant),
        );
        return { groupRule: toRule(row), given, refused };
      });
    } catch (error) {
      if (!(error instanceof ReferenceViolation)) throw error;
      throw notFound();
    }
  },

  /** Takes the roles that it gave, in the same transaction. */
  async remove(grant: Grant<"group_rule:remove">, id: string, digest: (value: string) => string) {
    return write(grant, async (tx) => {
      const rule = await tx.groupRule.findFirst({ where: { id } });
      if (!rule) throw notFound();
      if (rule.role === "WorkspaceAdmin") await lockAdministrators(tx);
      const given = await tx.roleBinding.findMany({
        where: { groupRuleId: id },
        select: { id: true, userId: true, role: true, workspaceId: true },
      });
      await tx.groupRule.delete({ where: { id } });
      await appendEvent(tx, {
        type: "group_rule.removed",
        resource: resourceOf(id),
        changes: wholeRow("before", fieldsOf(rule), digest),
      });
      await appendEvents(
        tx,
        given.map((binding) => roleEvent("role.removed", binding)),
      );
      // A pair that this rule's role forbade may be none any more.
      await applyGroupRules(tx, await usersIn(tx, rule.groupName), () => newId(grant));
      if (rule.role === "WorkspaceAdmin" && given.length > 0 && !(await hasAdministrator(tx))) {
        throw new AppError(
          "conflict",
          "The tenant's last administrators have their role by this rule; give it to somebody by hand first.",
        );
      }
      return { id, taken: given.length };
    });
  },
};

function resourceOf(id: string) {
  return { type: "group_rule", id };
}

function fieldsOf(row: {
  groupName: string;
  role: string;
  roleWorkspaceId: string | null;
  identityProviderId: string | null;
}) {
  const { groupName: group, role, roleWorkspaceId, identityProviderId } = row;
  return { group, role, roleWorkspaceId, identityProviderId };
}

/** Users whom a provider named in the group when they logged in last. */
async function usersIn(tx: ScopedTransaction, group: string): Promise<string[]> {
  const identities = await tx.identity.findMany({
    where: { groups: { has: group } },
    select: { userId: true },
  });
  return [...new Set(identities.map(({ userId }) => userId))];
}

function toRule(row: {
  id: string;
  groupName: string;
  role: string;
  roleWorkspaceId: string | null;
  identityProviderId: string | null;
  createdAt: Date;
  createdBy: string;
}): GroupRule {
  const { id, groupName, roleWorkspaceId, identityProviderId, createdBy } = row;
  return {
    id,
    group: groupName,
    role: Role.parse(row.role),
    roleWorkspaceId,
    identityProviderId,
    createdAt: iso(row.createdAt),
    createdBy,
  };
}
