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
  "tenant:list": { scope: "platform", effect: "read", means: "see which tenants there are" },
  "tenant:read": { scope: "member", effect: "read", means: "see the tenant's name and region" },
  "administrator:invite": {
    scope: "platform",
    effect: "write",
    means: "issue the first administrator's invitation again",
  },
  "platform_key:read": {
    scope: "platform",
    effect: "read",
    means: "see whether the platform key lets anybody in",
  },
  "platform_key:rotate": { scope: "platform", effect: "write", means: "rotate the platform key" },
  "platform_key:disable": {
    scope: "platform",
    effect: "write",
    means: "switch the platform key off",
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
  "member:disable": { scope: "tenant", effect: "write", means: "disable a member" },
  "member:enable": { scope: "tenant", effect: "write", means: "let a disabled member in again" },
  "member:remove": { scope: "tenant", effect: "write", means: "remove a member" },
  "invitation:read": { scope: "workspace", effect: "read", means: "see open invitations" },
  "invitation:revoke": { scope: "workspace", effect: "write", means: "revoke an invitation" },
  "role:grant": { scope: "workspace", effect: "write", means: "give a role" },
  "role:remove": { scope: "workspace", effect: "write", means: "take a role away" },
  "person:link": {
    scope: "tenant",
    effect: "write",
    means: "say that two accounts are one person",
  },
  "identity_provider:create": {
    scope: "tenant",
    effect: "write",
    means: "add an identity provider",
  },
  "identity_provider:read": {
    scope: "tenant",
    effect: "read",
    means: "see the identity providers",
  },
  "identity_provider:update": {
    scope: "tenant",
    effect: "write",
    means: "change an identity provider",
  },
  "identity_provider:remove": {
    scope: "tenant",
    effect: "write",
    means: "remove an identity provider",
  },
  "identity_provider:test": { scope: "tenant", effect: "write", means: "try an identity provider" },
  "email_domain:create": { scope: "tenant", effect: "write", means: "claim an email domain" },
  "email_domain:read": { scope: "tenant", effect: "read", means: "see the email domains" },
  "email_domain:prove": { scope: "tenant", effect: "write", means: "prove an email domain" },
  "email_domain:remove": { scope: "tenant", effect: "write", means: "give up an email domain" },
  "group_rule:create": { scope: "tenant", effect: "write", means: "give a group a role" },
  "group_rule:read": { scope: "tenant", effect: "read", means: "see the group rules" },
  "group_rule:remove": { scope: "tenant", effect: "write", means: "remove a group rule" },
  "client_authority:register": {
    scope: "tenant",
    effect: "write",
    means: "register a CA for client certificates",
  },
  "client_authority:read": {
    scope: "tenant",
    effect: "read",
    means: "see the CAs for client certificates",
  },
  "client_authority:remove": {
    scope: "tenant",
    effect: "write",
    means: "remove a CA for client certificates",
  },
  "service:create": { scope: "workspace", effect: "write", means: "create a service" },
  "service:read": { scope: "workspace", effect: "read", means: "see the services" },
  "service:disable": { scope: "workspace", effect: "write", means: "disable a service" },
  "service:enable": {
    scope: "workspace",
    effect: "write",
    means: "let a disabled service call again",
  },
  "api_key:create": { scope: "workspace", effect: "write", means: "create an API key" },
  "api_key:read": { scope: "workspace", effect: "read", means: "see which API keys there are" },
  "api_key:rotate": { scope: "workspace", effect: "write", means: "rotate an API key" },
  "api_key:revoke": { scope: "workspace", effect: "write", means: "revoke an API key" },
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
  "audit_event:export": {
    scope: "workspace",
    effect: "read",
    means: "take the audit log away as evidence",
  },
  "authz:explain": { scope: "self", effect: "read", means: "ask why one may or may not" },
  "security_event:read": { scope: "workspace", effect: "read", means: "see security events" },
  "webhook:create": { scope: "tenant", effect: "write", means: "add a webhook" },
  "webhook:read": { scope: "tenant", effect: "read", means: "see the webhooks" },
  "webhook:update": { scope: "tenant", effect: "write", means: "change a webhook" },
  "webhook:remove": { scope: "tenant", effect: "write", means: "remove a webhook" },
  "webhook:test": { scope: "tenant", effect: "write", means: "try a webhook" },
  "webhook_secret:rotate": {
    scope: "tenant",
    effect: "write",
    means: "rotate a webhook's secret",
  },
  "webhook_delivery:repeat": {
    scope: "tenant",
    effect: "write",
    means: "deliver to a webhook again",
  },
  "self:read": { scope: "self", effect: "read", means: "see who one is" },
  "self:manage": { scope: "self", effect: "write", means: "manage one's own sessions" },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;

export const permissions = Object.keys(PERMISSIONS) as Permission[];

/** True for the name of a permission that exists; `toString` and the like are none. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}
