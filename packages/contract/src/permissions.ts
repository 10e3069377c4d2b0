/**
 * Every permission there is. `scope` says which bindings count, `effect` whether anything may change.
 *
 * - `workspace`: a role in that workspace, or tenant-wide
 * - `tenant`: a tenant-wide role
 * - `member`: any role anywhere in the tenant
 * - `self`: every principal, for itself
 * - `platform`: platform administrators only
 */
export interface PermissionRule {
  readonly scope: "workspace" | "tenant" | "member" | "self" | "platform";
  readonly effect: "read" | "write";
  /** In words, as the console and an explanation say it. */
  readonly means: string;
}

export const PERMISSIONS = {
  "tenant:create": { scope: "platform", effect: "write", means: "create a tenant" },
  "tenant:read": { scope: "member", effect: "read", means: "see the tenant's name and region" },
  "administrator:invite": {
    scope: "platform",
    effect: "write",
    means: "issue the first administrator's invitation again",
  },
  "workspace:create": { scope: "tenant", effect: "write", means: "create a workspace" },
  "workspace:list": { scope: "member", effect: "read", means: "list one's workspaces" },
  "workspace:read": { scope: "workspace", effect: "read", means: "see the workspace" },
  "data_mode:update": {
    scope: "workspace",
    effect: "write",
    means: "change whether content is kept",
  },
  "member:read": { scope: "workspace", effect: "read", means: "see the members" },
  "member:invite": { scope: "workspace", effect: "write", means: "invite a person" },
  "role:grant": { scope: "workspace", effect: "write", means: "give a role" },
  "role:remove": { scope: "workspace", effect: "write", means: "take a role away" },
  "provider_key:create": { scope: "workspace", effect: "write", means: "store a provider key" },
  "provider_key:read": { scope: "workspace", effect: "read", means: "see which keys there are" },
  "provider_key:validate": { scope: "workspace", effect: "write", means: "try a provider key" },
  "connector:install": { scope: "workspace", effect: "write", means: "install a connector" },
  "connector_credentials:update": {
    scope: "workspace",
    effect: "write",
    means: "replace a connector's credentials",
  },
  "connector:read": { scope: "workspace", effect: "read", means: "see the connectors" },
  "workflow:create": { scope: "workspace", effect: "write", means: "create a workflow" },
  "workflow:update": { scope: "workspace", effect: "write", means: "add a workflow version" },
  "workflow:publish": { scope: "workspace", effect: "write", means: "publish a workflow version" },
  "workflow:read": { scope: "workspace", effect: "read", means: "see workflows" },
  "workflow:delete": { scope: "workspace", effect: "write", means: "delete a workflow" },
  "run:create": { scope: "workspace", effect: "write", means: "trigger a run" },
  "run:read": { scope: "workspace", effect: "read", means: "see runs" },
  "run:delete": { scope: "workspace", effect: "write", means: "delete a finished run" },
  "approval:read": { scope: "workspace", effect: "read", means: "see approval requests" },
  "approval:decide": { scope: "workspace", effect: "write", means: "decide a pending step" },
  "audit_event:read": { scope: "workspace", effect: "read", means: "read the audit log" },
  "security_event:read": { scope: "workspace", effect: "read", means: "see security events" },
  "self:read": { scope: "self", effect: "read", means: "see who one is" },
  "self:manage": { scope: "self", effect: "write", means: "manage one's own sessions" },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;

export const permissions = Object.keys(PERMISSIONS) as Permission[];

/** True for the name of a permission that exists; `toString` and the like are none. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}
