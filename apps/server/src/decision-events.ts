import type { SecurityType } from "@aic-sos/audit/catalogue";
import type { AuditEvent } from "@aic-sos/audit/event";
import { isId } from "@aic-sos/contract/ids";
import type { Permission } from "@aic-sos/contract/permissions";
import type { DenialReason } from "@aic-sos/contract/reasons";
import type { Decision, Scope } from "@aic-sos/policy/decide";
import { explain, explainAllowed } from "@aic-sos/policy/explain";
import { workspaceOf } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";
import type { RequestContext } from "./trpc/context.ts";

interface DecisionFacts {
  readonly ctx: RequestContext;
  readonly principal: Principal;
  readonly permission: Permission;
  readonly procedure: string;
  readonly input: unknown;
  readonly decision: Decision<Permission>;
  readonly decisionId: string;
  readonly now: number;
  readonly scope: Scope;
  /** The scope itself was refused, before any rule was asked. */
  readonly refused: boolean;
}

/**
 * The events of one decision, in the chain of the principal's own tenant. Naming another region or another tenant, or
 * asking for what no role can allow, is a security event besides.
 */
export function decisionEvents(facts: DecisionFacts): AuditEvent[] {
  const { ctx, principal, permission, procedure, decision, decisionId, now, scope } = facts;
  const reason = decision.outcome === "deny" ? decision.reason : null;
  const base = {
    v: 1,
    time: new Date(now).toISOString(),
    tenantId: principal.tenantId,
    workspaceId: workspaceOf(scope),
    region: principal.region,
    actor: { id: principal.id, kind: principal.kind, authentication: principal.authentication },
    procedure,
    permission,
    outcome: decision.outcome,
    reason,
    resource: resourceOf(facts.input),
    decisionId,
    requestId: ctx.requestId,
    changes: [],
    count: 1,
  } as const;
  const made: AuditEvent = {
    ...base,
    id: decisionId,
    class: "decision",
    type: decision.outcome === "allow" ? "decision.allowed" : "decision.denied",
    explanation: explanationOf(facts),
  };
  const type = reason === null ? undefined : SECURITY_OF[reason];
  if (type === undefined) return [made];
  return [made, { ...base, id: ctx.deps.newId(scope.cell), class: "security", type }];
}

/** The last four are rules above the role table, which no binding gets around. */
const SECURITY_OF: Partial<Record<DenialReason, SecurityType>> = {
  region_mismatch: "security.region_mismatch",
  tenant_mismatch: "security.tenant_mismatch",
  auditor_never_mutates: "security.invariant_refused",
  own_request: "security.invariant_refused",
  service_never_approves: "security.invariant_refused",
  platform_sees_no_data: "security.invariant_refused",
};

/**
 * An allow names the binding that did it; a denial all that hold where it was asked, and what would have granted it. Who
 * audits a workspace reads its events, and is told nothing there of roles in another one.
 */
function explanationOf(facts: DecisionFacts): NonNullable<AuditEvent["explanation"]> {
  const { decision, permission, principal, scope, now } = facts;
  if (decision.outcome === "allow") {
    const { rule, bindings } = explainAllowed(permission, decision.binding);
    return { rule, bindings };
  }
  if (facts.refused) return { rule: decision.reason, bindings: [] };
  const { rule, bindings, wouldGrant } = explain({ principal, permission, scope, now });
  const ofTenant = workspaceOf(scope) === null;
  const inSight = bindings.filter(
    ({ workspaceId }) => ofTenant || workspaceId === null || workspaceId === scope.workspaceId,
  );
  return { rule, bindings: inSight, wouldGrant };
}

/** The most particular thing that the input names: `workflowId` rather than `workspaceId` rather than `tenantId`. */
function resourceOf(input: unknown): AuditEvent["resource"] {
  if (typeof input !== "object" || input === null) return null;
  const named = Object.entries(input).filter(
    (entry): entry is [string, string] =>
      entry[0].endsWith("Id") && typeof entry[1] === "string" && isId(entry[1]),
  );
  const rank = ([key]: [string, string]) =>
    key === "tenantId" ? 2 : key === "workspaceId" ? 1 : 0;
  const [first] = named.toSorted((one, other) => rank(one) - rank(other));
  if (!first) return null;
  return {
    type: first[0].slice(0, -2).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    id: first[1],
  };
}
