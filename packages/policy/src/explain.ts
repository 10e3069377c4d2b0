import type { DecidingRule, Explanation } from "@aic-sos/contract/explanations";
import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { type Role, ROLES } from "@aic-sos/contract/roles";
import { type Asked, judge, type Verdict } from "./decide.ts";
import type { Binding } from "./principal.ts";

/** Bindings told at most; those that count here come first. */
const MOST_BINDINGS = 20;

/**
 * Why the rules decide as they do: what each binding does by itself, and which roles would turn a denial around. Pure,
 * and without any rule of its own: every answer in it is `judge`'s, to the question or to the same one with other
 * bindings.
 */
export function explain(asked: Asked): Explanation {
  const verdict = judge(asked);
  const { outcome } = verdict;
  const reason = verdict.outcome === "deny" ? verdict.reason : null;
  const counts = verdict.outcome === "deny" || verdict.binding !== null;
  return {
    outcome,
    reason,
    rule: ruleOf(asked.permission, verdict),
    bindings: counts ? consideredBindings(asked) : [],
    wouldGrant: outcome === "allow" ? NONE : wouldGrant(asked),
  };
}

const NONE = { inWorkspace: [], tenantWide: [] };

/** As `explain`, of a decision that allowed: the binding that did it, without asking again. */
export function explainAllowed(permission: Permission, binding: Binding | null): Explanation {
  return {
    outcome: "allow",
    reason: null,
    rule: ruleOf(permission, { outcome: "allow", binding }),
    bindings: binding === null ? [] : [told(binding, "allows")],
    wouldGrant: NONE,
  };
}

function ruleOf(permission: Permission, verdict: Verdict): DecidingRule {
  if (verdict.outcome === "deny") return verdict.reason;
  if (verdict.binding !== null) return "role_binding";
  return PERMISSIONS[permission].scope === "self" ? "everyone_for_oneself" : "platform_permission";
}

/** Each binding as if it were the only one. */
function consideredBindings(asked: Asked): Explanation["bindings"] {
  const considered = asked.principal.bindings.map((binding) => {
    const alone = judge({ ...asked, principal: { ...asked.principal, bindings: [binding] } });
    return told(binding, alone.outcome === "allow" ? "allows" : alone.reason);
  });
  const rank = ({ verdict }: { verdict: string }) =>
    verdict === "allows" ? 0 : verdict === "no_binding" ? 2 : 1;
  return considered.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_BINDINGS);
}

function told(
  { id, role, workspaceId, expiresAt }: Binding,
  verdict: Explanation["bindings"][number]["verdict"],
): Explanation["bindings"][number] {
  const end = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return { expiresAt: end, id, role, verdict, workspaceId };
}

/** The roles of which one more would be enough, given in the question's workspace or tenant-wide. */
function wouldGrant(asked: Asked): Explanation["wouldGrant"] {
  const { principal, scope } = asked;
  const helps = (role: Role, workspaceId: string | null): boolean => {
    const more = { id: "", role, workspaceId, expiresAt: null };
    const bindings = [...principal.bindings, more];
    return judge({ ...asked, principal: { ...principal, bindings } }).outcome === "allow";
  };
  const { workspaceId } = scope;
  const named = workspaceId !== null && workspaceId !== "*";
  return {
    inWorkspace: named ? ROLES.filter((role) => helps(role, workspaceId)) : [],
    tenantWide: ROLES.filter((role) => helps(role, null)),
  };
}
