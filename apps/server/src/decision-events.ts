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
  const { ctx, decision, decisionId, scope } = facts;
  const reason = decision.outcome === "deny" ? decision.reason : null;
  const type = decision.outcome === "allow" ? "decision.allowed" : "decision.denied";
  const explanation = explanationOf(facts);
  const made = eventOf(facts, { class: "decision", type, id: decisionId, reason, explanation });
  const watched = reason === null ? undefined : SECURITY_OF[reason];
  if (watched === undefined) return [made];
  const id = ctx.deps.newId(scope.cell);
  return [made, eventOf(facts, { class: "security", type: watched, id, reason })];
}

/** Its keys are in the order of their canonical text: one is made for every request, and need not be put in order. */
function eventOf(
  { ctx, principal, permission, procedure, decision, decisionId, now, scope, input }: DecisionFacts,
  made: Pick<AuditEvent, "class" | "type" | "id" | "reason" | "explanation">,
): AuditEvent {
  const { id, kind, authentication } = principal;
  return {
    actor: { authentication, id, kind },
    changes: [],
    class: made.class,
    count: 1,
    decisionId,
    ...(made.explanation && { explanation: made.explanation }),
    id: made.id,
    outcome: decision.outcome,
    permission,
    procedure,
    reason: made.reason,
    region: principal.region,
    requestId: ctx.requestId,
    resource: resourceOf(input),
    tenantId: principal.tenantId,
    time: new Date(now).toISOString(),
    type: made.type,
    v: 1,
    workspaceId: workspaceOf(scope),
  };
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
    return { bindings, rule };
  }
  if (facts.refused) return { bindings: [], rule: decision.reason };
  const { rule, bindings, wouldGrant } = explain({ principal, permission, scope, now });
  const ofTenant = workspaceOf(scope) === null;
  const inSight = bindings.filter(
    ({ workspaceId }) => ofTenant || workspaceId === null || workspaceId === scope.workspaceId,
  );
  return { bindings: inSight, rule, wouldGrant };
}

/** The most particular thing that the input names: `workflowId` rather than `workspaceId` rather than `tenantId`. */
function resourceOf(input: unknown): AuditEvent["resource"] {
  if (typeof input !== "object" || input === null) return null;
  let found: { readonly id: string; readonly key: string; readonly rank: number } | undefined;
  for (const [key, id] of Object.entries(input)) {
    if (!key.endsWith("Id") || typeof id !== "string" || !isId(id)) continue;
    const rank = key === "tenantId" ? 2 : key === "workspaceId" ? 1 : 0;
    if (found === undefined || rank < found.rank) found = { id, key, rank };
  }
  return found === undefined ? null : { id: found.id, type: typeOf(found.key) };
}

/** `workspaceId` → `workspace`. */
function typeOf(key: string): string {
  return key.slice(0, -2).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
