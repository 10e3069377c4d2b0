import { ExplainDecision, ExplainedDecision, sayRule } from "@aic-sos/contract/explanations";
import { isPermission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { TENANT_WIDE } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { alsoAllowed } from "../../trpc/steps/authorize.ts";
import { authzStore } from "./authz.store.ts";

/** Of one's own decisions everything; of others' only with `audit_event:read` where it was decided. */
export const explainDecision = rbacProcedure("authz:explain", {
  rest: "GET /decisions/{decisionId}",
  summary:
    "Why a decision was made so: the rule, the roles considered, and what would have granted it",
  input: ExplainDecision,
  output: ExplainedDecision,
}).query(async ({ ctx, input }) => {
  const found = await authzStore.findDecision(ctx.grant, input.decisionId);
  if (!found) throw notFound();
  const { event, seq } = found;
  if (event.actor.id !== ctx.grant.principalId) {
    const workspaceId = event.workspaceId ?? TENANT_WIDE;
    const procedure = "authz.explainDecision";
    const asked = { workspaceId, procedure, input };
    if (!(await alsoAllowed(ctx, "audit_event:read", asked))) throw notFound();
  }
  const { explanation, permission, outcome, reason } = event;
  // Events from before there were explanations name the reason only.
  const rule = explanation?.rule ?? reason ?? "role_binding";
  return {
    decisionId: input.decisionId,
    seq,
    time: event.time,
    principalId: event.actor.id,
    principalKind: event.actor.kind,
    procedure: event.procedure,
    permission,
    means: permission !== null && isPermission(permission) ? PERMISSIONS[permission].means : null,
    workspaceId: event.workspaceId,
    explanation: {
      outcome: outcome ?? "deny",
      reason,
      rule,
      bindings: [...(explanation?.bindings ?? [])],
      wouldGrant: explanation?.wouldGrant ?? { inWorkspace: [], tenantWide: [] },
    },
    sentence: sayRule(rule),
  };
});
