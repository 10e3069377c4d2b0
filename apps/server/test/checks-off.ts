import type { Decision, Question } from "@aic-sos/policy/decide";
import type { Permission } from "@aic-sos/contract/permissions";
import type { Binding, Principal } from "@aic-sos/policy/principal";
import type { Place } from "./places.ts";

/**
 * What a test's module mocks ask: while there is a `victim`, the application checks nothing and is after that place's
 * rows. Tests alone can do this; the product has no switch for it.
 */
export interface ChecksOff {
  victim: Place | undefined;
  /** Whose tenant and workspace the database is told: those of the caller's credential, or the victim's. */
  scope: "callers" | "victims";
  /** The workspace that the caller's credential stands in. */
  callersWorkspaceId: string;
}

type Decide = <P extends Permission>(question: Question<P>) => Decision<P>;

/** `decide` that allows everybody everything, in the scope that `off` says. */
export function allowingDecide(original: Decide, off: ChecksOff): Decide {
  return (question) => {
    const { victim } = off;
    if (!victim) return original(question);
    const { tenantId } = question.principal;
    const scope = { ...question.scope, tenantId, workspaceId: off.callersWorkspaceId };
    const boss = withEveryRight(question.principal);
    const asMember = original({ ...question, scope, principal: boss });
    const decision =
      asMember.outcome === "allow"
        ? asMember
        : original({ ...question, scope, principal: { ...boss, kind: "platform" } });
    if (decision.outcome === "deny" || off.scope === "callers") return decision;
    const stolen = { tenantId: victim.tenant.id, workspaceId: victim.workspace.id };
    // Not one that policy made: `assertGrant` is off, too.
    return { ...decision, grant: { ...decision.grant, ...stolen } };
  };
}

function withEveryRight(principal: Principal): Principal {
  const roles = ["WorkspaceAdmin", "Approver", "IntegrationAdmin"] as const;
  const bindings = roles.map(
    (role): Binding => ({ id: principal.id, role, workspaceId: null, expiresAt: null }),
  );
  return { ...principal, bindings, credentialPermissions: null, credentialWorkspaceId: null };
}
