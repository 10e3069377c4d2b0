import type { Explanation } from "@aic-sos/contract/explanations";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";
import type { DenialReason } from "@aic-sos/contract/reasons";
import type { Role } from "@aic-sos/contract/roles";
import type { ChangeType, DecisionType, SecurityType } from "./catalogue.ts";

/** A changed field: its name, and HMACs of both values under the tenant's key; never the values. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A role that somebody got or lost, in the workspace of the event. The binding itself will be gone one day. */
export interface BoundRole {
  readonly userId: string;
  readonly role: Role;
}

export interface Actor {
  /** The principal's id, or `unauthenticated`, or `system:<job>`. */
  readonly id: string;
  readonly kind: PrincipalKind | "unauthenticated" | "system";
  readonly authentication: AuthenticationMethod | "none";
}

/** An audit event: ids, names of fields, closed lists. Content and secrets have no place to go in it. */
export interface AuditEvent {
  readonly v: 1;
  readonly id: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string;
  readonly class: "decision" | "change" | "security";
  readonly type: DecisionType | ChangeType | SecurityType;
  readonly tenantId: string;
  readonly workspaceId: string | null;
  readonly region: string;
  readonly actor: Actor;
  readonly procedure: string | null;
  readonly permission: string | null;
  readonly outcome: "allow" | "deny" | null;
  readonly reason: DenialReason | null;
  readonly resource: { readonly type: string; readonly id: string } | null;
  readonly decisionId: string | null;
  readonly requestId: string | null;
  readonly changes: readonly FieldChange[];
  /** Of a change of roles: whose, and which. */
  readonly binding?: BoundRole;
  /** Of a decision: the rule that decided, the bindings it considered, and what would have granted it. */
  readonly explanation?: Pick<Explanation, "rule" | "bindings"> &
    Partial<Pick<Explanation, "wouldGrant">>;
  /** How many occurrences the event stands for: 1, but for failures that are counted together. */
  readonly count: number;
}
