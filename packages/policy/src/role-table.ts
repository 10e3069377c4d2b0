import type { Permission } from "@aic-sos/contract/permissions";
import type { Role } from "@aic-sos/contract/roles";

/** Raised by hand with each change of the table, so that an older replica never overwrites a newer one's rows. */
export const ROLE_TABLE_VERSION = 8;

const READ_EVERYTHING = [
  "workspace:read",
  "member:read",
  "invitation:read",
  "identity_provider:read",
  "email_domain:read",
  "group_rule:read",
  "client_authority:read",
  "service:read",
  "api_key:read",
  "provider_key:read",
  "connector:read",
  "workflow:read",
  "run:read",
  "approval:read",
  "audit_event:read",
  "security_event:read",
  "webhook:read",
] as const satisfies readonly Permission[];

/** Which role allows what. What is not here is denied. */
export const ROLE_TABLE: Readonly<Record<Role, readonly Permission[]>> = {
  WorkspaceAdmin: [
    ...READ_EVERYTHING,
    "audit_event:export",
    "tenant:read",
    "workspace:list",
    "workspace:create",
    "data_mode:update",
    "member:invite",
    "member:disable",
    "member:enable",
    "member:remove",
    "invitation:revoke",
    "person:link",
    "identity_provider:create",
    "identity_provider:update",
    "identity_provider:remove",
    "identity_provider:test",
    "email_domain:create",
    "email_domain:prove",
    "email_domain:remove",
    "group_rule:create",
    "group_rule:remove",
    "client_authority:register",
    "client_authority:remove",
    "service:create",
    "service:disable",
    "service:enable",
    "api_key:create",
    "api_key:rotate",
    "api_key:revoke",
    "role:grant",
    "role:remove",
    "provider_key:create",
    "provider_key:validate",
    "connector:install",
    "connector_credentials:update",
    "workflow:create",
    "workflow:update",
    "workflow:publish",
    "workflow:delete",
    "run:create",
    "run:delete",
    "webhook:create",
    "webhook:update",
    "webhook:remove",
    "webhook:test",
    "webhook_secret:rotate",
    "webhook_delivery:repeat",
  ],
  Operator: [
    "tenant:read",
    "workspace:list",
    "workspace:read",
    "member:read",
    "connector:read",
    "workflow:read",
    "workflow:create",
    "workflow:update",
    "workflow:publish",
    "run:read",
    "run:create",
    "approval:read",
  ],
  Approver: [
    "tenant:read",
    "workspace:list",
    "workspace:read",
    "member:read",
    "workflow:read",
    "run:read",
    "approval:read",
    "approval:decide",
    "audit_event:read",
  ],
  Auditor: [...READ_EVERYTHING, "audit_event:export", "tenant:read", "workspace:list"],
  IntegrationAdmin: [
    "tenant:read",
    "workspace:list",
    "workspace:read",
    "member:read",
    "workflow:read",
    "provider_key:read",
    "provider_key:create",
    "provider_key:validate",
    "connector:read",
    "connector:install",
    "connector_credentials:update",
  ],
};

/** What platform administrators may do: tenants, never a tenant's data. */
export const PLATFORM_PERMISSIONS: readonly Permission[] = [
  "tenant:create",
  "tenant:list",
  "tenant:read",
  "administrator:invite",
  "platform_key:read",
  "platform_key:rotate",
  "platform_key:disable",
  "workspace:create",
];

const allowed = new Map<Role, ReadonlySet<Permission>>(
  Object.entries(ROLE_TABLE).map(([role, list]) => [role as Role, new Set(list)]),
);

/** True when the role allows the permission. A role that does not exist allows nothing. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return allowed.get(role)?.has(permission) ?? false;
}
