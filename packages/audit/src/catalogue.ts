/** Every type of event there is. A feature adds its own here, in the same change as the code that writes it. */
export const DECISION_TYPES = ["decision.allowed", "decision.denied"] as const;

export const CHANGE_TYPES = [
  "tenant.created",
  "administrator.invited",
  "workspace.created",
  "workspace.deleted",
  "data_mode.updated",
  "member.invited",
  "member.joined",
  "member.disabled",
  "member.enabled",
  "member.removed",
  "invitation.revoked",
  "person.linked",
  "identity.attached",
  "identity_provider.created",
  "identity_provider.updated",
  "identity_provider.removed",
  "identity_provider.tested",
  "email_domain.created",
  "email_domain.proved",
  "email_domain.lost",
  "email_domain.removed",
  "group_rule.created",
  "group_rule.removed",
  "service.created",
  "service.disabled",
  "service.enabled",
  "api_key.created",
  "api_key.rotated",
  "api_key.revoked",
  "role.granted",
  "role.removed",
  "provider_key.created",
  "provider_key.validated",
  "connector.installed",
  "connector_credentials.updated",
  "workflow.created",
  "workflow.updated",
  "workflow.published",
  "workflow.deleted",
  "run.created",
  "run.deleted",
  "session.created",
  "session.ended",
  "session.revoked",
  "session.ended_by_provider",
] as const;

export const SECURITY_TYPES = [
  "security.region_mismatch",
  "security.tenant_mismatch",
  "security.unauthenticated",
  "security.login_refused",
  "security.toxic_binding_refused",
  "security.audit_log_inconsistent",
] as const;

export type DecisionType = (typeof DECISION_TYPES)[number];
export type ChangeType = (typeof CHANGE_TYPES)[number];
export type SecurityType = (typeof SECURITY_TYPES)[number];
