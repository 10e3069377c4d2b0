/** Why a decision was a denial. A closed list: it is stored, counted and explained. */
export const DENIAL_REASONS = {
  unknown_permission: "the procedure asks for a permission that does not exist",
  unauthenticated: "no valid credential was sent",
  principal_disabled: "the principal is disabled",
  credential_expired: "the credential has ended",
  region_mismatch: "an id names another region than the caller's",
  tenant_mismatch: "the request names another tenant than the caller's",
  workspace_mismatch: "the credential, the path and the header name different workspaces",
  workspace_required: "no workspace was named",
  platform_only: "only platform administrators may do this",
  platform_sees_no_data: "platform administrators see no tenant's data",
  no_binding: "the principal has no role here",
  binding_expired: "the role that would allow it has ended",
  role_lacks_permission: "none of the principal's roles here allows it",
  auditor_never_mutates: "auditors change nothing",
  credential_lacks_permission: "the key is limited to other permissions",
  own_request: "nobody decides what they requested",
  service_never_approves: "services never approve",
  tenant_has_members: "the platform may not act in a tenant that has members",
} as const;

export type DenialReason = keyof typeof DENIAL_REASONS;
