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
] as const;

export const SECURITY_TYPES = [
  "security.region_mismatch",
  "security.tenant_mismatch",
  "security.unauthenticated",
  "security.login_refused",
] as const;

export type DecisionType = (typeof DECISION_TYPES)[number];
export type ChangeType = (typeof CHANGE_TYPES)[number];
export type SecurityType = (typeof SECURITY_TYPES)[number];
