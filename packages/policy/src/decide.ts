import { isPermission, type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import type { DenialReason } from "@aic-sos/contract/reasons";
import { type Grant, mintGrant, TENANT_WIDE } from "./grant.ts";
import { type Binding, isLive, type Principal } from "./principal.ts";
import { PLATFORM_PERMISSIONS, roleAllows } from "./role-table.ts";

/** May `principal` use `permission` in this scope, now? */
export interface Question<P extends Permission> {
  readonly principal: Principal;
  readonly permission: P;
  readonly scope: Scope;
  /** Unix milliseconds. */
  readonly now: number;
  readonly decisionId: string;
  readonly requestId: string;
}

/** Where the request wants to act. `workspaceId` is an id, `TENANT_WIDE`, or null when the request named none. */
export interface Scope {
  readonly tenantId: string;
  readonly workspaceId: string | null;
  readonly region: string;
  readonly cell: number;
}

export type Decision<P extends Permission> =
  | { readonly outcome: "allow"; readonly grant: Grant<P>; readonly binding: Binding | null }
  | { readonly outcome: "deny"; readonly reason: DenialReason };

/** A question without the ids that only a decision has. */
export type Asked = Omit<Question<Permission>, "decisionId" | "requestId">;

/** What the rules say, before there is a grant: what an explanation asks, too. */
export type Verdict =
  | { readonly outcome: "allow"; readonly binding: Binding | null }
  | { readonly outcome: "deny"; readonly reason: DenialReason };

/** Decides. Pure: what it does not find allowed is denied, and only here are grants made. */
export function decide<P extends Permission>(question: Question<P>): Decision<P> {
  const verdict = judge(question);
  return verdict.outcome === "deny" ? verdict : allow(question, verdict.binding);
}

/** Applies every rule, in their order. The one place where it is said who may: `decide` grants it, `explain` tells it. */
export function judge(question: Asked): Verdict {
  const refused = refuseAtOnce(question) ?? refuseByKind(question) ?? refuseByCredential(question);
  if (refused) return { outcome: "deny", reason: refused };
  const rule = PERMISSIONS[question.permission];
  if (rule.scope === "workspace" && question.scope.workspaceId === null)
    return { outcome: "deny", reason: "workspace_required" };
  if (rule.scope === "self" || question.principal.kind === "platform")
    return { outcome: "allow", binding: null };
  const found = bindingFor(question);
  return typeof found === "string"
    ? { outcome: "deny", reason: found }
    : { outcome: "allow", binding: found };
}
function refuseAtOnce({ principal, permission, scope, now }: Asked) {
  if (!isPermission(permission)) return "unknown_permission" satisfies DenialReason;
  if (principal.disabled) return "principal_disabled" satisfies DenialReason;
  if (principal.credentialExpiresAt !== null && principal.credentialExpiresAt <= now) {
    return "credential_expired" satisfies DenialReason;
  }
  if (principal.cell !== scope.cell || principal.region !== scope.region) {
    return "region_mismatch" satisfies DenialReason;
  }
  if (principal.kind !== "platform" && principal.tenantId !== scope.tenantId) {
    return "tenant_mismatch" satisfies DenialReason;
  }
  return undefined;
}

function refuseByKind({ principal, permission }: Asked): DenialReason | undefined {
  const rule = PERMISSIONS[permission];
  if (principal.kind === "platform") {
    const may = rule.scope === "self" || PLATFORM_PERMISSIONS.includes(permission);
    return may ? undefined : "platform_sees_no_data";
  }
  if (rule.scope === "platform") return "platform_only";
  if (principal.kind === "service" && permission === "approval:decide")
    return "service_never_approves";
  return undefined;
}

const ALWAYS_OF_A_KEY: ReadonlySet<Permission> = new Set(["self:read", "authz:explain"]);

/** A limited key does what it is limited to, and may ask who it is and why not. */
function refuseByCredential({ principal, permission }: Asked): DenialReason | undefined {
  const { credentialPermissions } = principal;
  if (credentialPermissions === null || ALWAYS_OF_A_KEY.has(permission)) return undefined;
  return credentialPermissions.includes(permission) ? undefined : "credential_lacks_permission";
}

/** The binding that allows it, or why none does. */
function bindingFor({ principal, permission, scope, now }: Asked) {
  const rule = PERMISSIONS[permission];
  if (
    principal.credentialWorkspaceId !== null &&
    rule.scope !== "member" &&
    scope.workspaceId !== principal.credentialWorkspaceId
  ) {
    return "workspace_mismatch" as const;
  }
  // One pass that allocates nothing: each request comes through here.
  let isBound = false;
  let ended = false;
  let allowing: Binding | undefined;
  for (const binding of principal.bindings) {
    if (!applies(binding, rule.scope, scope)) continue;
    isBound = true;
    if (!roleAllows(binding.role, permission)) continue;
    if (isLive(binding, now)) allowing ??= binding;
    else ended = true;
  }
  if (!isBound) return "no_binding" as const;
  if (rule.effect === "write" && audits(principal, now)) return "auditor_never_mutates" as const;
  return allowing ?? (ended ? ("binding_expired" as const) : ("role_lacks_permission" as const));
}

/** Anywhere in the tenant: who audits one workspace and runs another would audit their own doing. */
function audits({ bindings }: Principal, now: number): boolean {
  for (const binding of bindings) {
    if (binding.role === "Auditor" && isLive(binding, now)) return true;
  }
  return false;
}

function applies(binding: Binding, ruleScope: string, scope: Scope): boolean {
  if (ruleScope === "member" || binding.workspaceId === null) return true;
  return ruleScope === "workspace" && binding.workspaceId === scope.workspaceId;
}

function allow<P extends Permission>(question: Question<P>, binding: Binding | null): Decision<P> {
  const { principal, permission, scope, decisionId, requestId } = question;
  const isOfWorkspace = PERMISSIONS[permission].scope === "workspace";
  const workspaceId = isOfWorkspace ? scope.workspaceId : TENANT_WIDE;
  if (workspaceId === null) return { outcome: "deny", reason: "workspace_required" };
  const grant = mintGrant<P>({
    permission,
    tenantId: scope.tenantId,
    workspaceId,
    region: scope.region,
    cell: scope.cell,
    principalId: principal.id,
    principalKind: principal.kind,
    authentication: principal.authentication,
    principalTenantId: principal.tenantId,
    epoch: principal.epoch,
    decisionId,
    requestId,
  });
  return { outcome: "allow", grant, binding };
}
