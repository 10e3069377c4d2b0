import type { Me } from "@aic-sos/contract/members";
import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { ROLES, type Role } from "@aic-sos/contract/roles";
import { PLATFORM_PERMISSIONS, roleAllows } from "@aic-sos/policy/role-table";

/** What the console needs to know of the caller to hide what the server would refuse. */
export type Rights = Pick<Me, "tenantRoles" | "workspaces"> & {
  readonly principal: Pick<Me["principal"], "kind">;
};

/**
 * Whether to offer what needs `permission`, in the workspace that is open. Follows the same table as the server's
 * decision; the server still decides.
 */
export function may(rights: Rights, permission: Permission, workspaceId: string | null): boolean {
  const rule = PERMISSIONS[permission];
  if (rule.scope === "self") return true;
  if (rights.principal.kind === "platform") return PLATFORM_PERMISSIONS.includes(permission);
  if (rule.scope === "platform") return false;
  const roles = rolesThatCount(rights, rule.scope, workspaceId);
  if (rule.effect === "write" && roles.includes("Auditor")) return false;
  return roles.some((role) => roleAllows(role, permission));
}

function rolesThatCount(
  rights: Rights,
  scope: "workspace" | "tenant" | "member",
  workspaceId: string | null,
): readonly Role[] {
  if (scope === "tenant") return rights.tenantRoles;
  if (scope === "member") {
    return [...rights.tenantRoles, ...rights.workspaces.flatMap((workspace) => workspace.roles)];
  }
  return rolesIn(rights, workspaceId);
}

/** Whether to offer it for the whole tenant at once: only tenant-wide roles count there. */
export function mayEverywhere(rights: Rights, permission: Permission): boolean {
  return may({ ...rights, workspaces: [] }, permission, EVERYWHERE);
}

/** Stands for no workspace in particular. */
const EVERYWHERE = "*";

/** The roles that hold in one workspace: its own and the tenant-wide ones, each once. */
export function rolesIn(rights: Rights, workspaceId: string | null): readonly Role[] {
  if (workspaceId === null) return [];
  const here = rights.workspaces.find((workspace) => workspace.id === workspaceId)?.roles ?? [];
  return ROLES.filter((role) => rights.tenantRoles.includes(role) || here.includes(role));
}

/** The roles that allow `permission`, for saying what one would need. */
export function rolesThatAllow(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => roleAllows(role, permission));
}
