import type { AuditEvent } from "@aic-sos/audit/event";
import { assertCurrent, read } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";
import { PRINCIPAL_FIELDS, principalOf } from "../../principal-of.ts";
import { sealedFirst } from "../../sealed-first.ts";

export interface FoundDecision {
  readonly seq: number;
  readonly event: AuditEvent;
}

export const authzStore = {
  /** Before an answer about the asker's own rights, which they bring along: they must not be yesterday's. */
  assertCurrent(grant: Grant<"authz:explain">): Promise<void> {
    return assertCurrent(grant);
  },

  /**
   * A decision of the tenant, whoever's: whether the asker may see it is the caller's question. One that was just made
   * is sealed first.
   */
  async findDecision(
    grant: Grant<"authz:explain">,
    decisionId: string,
  ): Promise<FoundDecision | undefined> {
    const row = await sealedFirst(grant.cell, () =>
      read(grant, (db) =>
        db.auditEvent.findFirst({
          where: { id: decisionId, class: "decision" },
          select: { seq: true, event: true },
        }),
      ),
    );
    return row && { seq: Number(row.seq), event: JSON.parse(row.event) as AuditEvent };
  },

  /**
   * Somebody of the tenant with the bindings that the grant's scope shows, as if they called with an unlimited credential.
   * Seen from a workspace there is only who has a role there, or tenant-wide.
   */
  async findPrincipal(
    grant: Grant<"audit_event:read">,
    principalId: string,
  ): Promise<Principal | undefined> {
    const user = await read(grant, (db) =>
      db.user.findFirst({
        where: { id: principalId, kind: { in: ["user", "service"] }, ...seenFrom(grant) },
        select: PRINCIPAL_FIELDS,
      }),
    );
    return user ? principalOf(user) : undefined;
  },
};

function seenFrom({ workspaceId }: Grant) {
  if (workspaceId === TENANT_WIDE) return {};
  return { roleBindingsAsUser: { some: { OR: [{ workspaceId }, { workspaceId: null }] } } };
}
