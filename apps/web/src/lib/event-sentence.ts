import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { isPermission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { DENIAL_REASONS, type DenialReason } from "@aic-sos/contract/reasons";

/** An event as people would say it: who, did what, to which thing, and why not. */
export interface EventSentence {
  readonly actor: EventActor;
  readonly verb: string;
  /** What stands between the verb and the thing. */
  readonly link: "" | "on";
  readonly resource: { readonly type: string; readonly id: string } | null;
  /** The reason of a refusal. */
  readonly because: string | null;
  /** How many times it happened, when it is counted together. */
  readonly times: number;
  readonly tone: "plain" | "attention" | "harm";
}

export type EventActor =
  | { readonly kind: "principal"; readonly id: string }
  | { readonly kind: "words"; readonly words: string };

const VERBS: Readonly<Record<string, string>> = {
  "tenant.created": "created the tenant",
  "administrator.invited": "issued the first administrator’s invitation",
  "platform_key.installed": "let the configured platform key in",
  "platform_key.rotated": "rotated the platform key",
  "platform_key.disabled": "switched the platform key off",
  "workspace.created": "created the workspace",
  "workspace.deleted": "deleted the workspace",
  "data_mode.updated": "changed whether content is kept in",
  "member.invited": "invited a person",
  "member.joined": "joined",
  "member.disabled": "disabled the member",
  "member.enabled": "let the member in again",
  "member.removed": "removed a member",
  "invitation.revoked": "revoked an invitation",
  "client_authority.registered": "registered the CA",
  "client_authority.removed": "removed the CA",
  "service.created": "created the service",
  "service.disabled": "disabled the service",
  "service.enabled": "let the service call again",
  "api_key.created": "created the API key",
  "api_key.rotated": "rotated the API key",
  "api_key.revoked": "revoked the API key",
  "person.linked": "linked accounts of one person",
  "identity.attached": "signed in by this identity for the first time",
  "identity_provider.created": "added the identity provider",
  "identity_provider.updated": "changed the identity provider",
  "identity_provider.removed": "removed the identity provider",
  "identity_provider.tested": "tried the identity provider",
  "email_domain.created": "claimed the email domain",
  "email_domain.proved": "proved the email domain",
  "email_domain.lost": "found no proof any more of the email domain",
  "email_domain.removed": "gave up the email domain",
  "group_rule.created": "gave a group a role by the rule",
  "group_rule.removed": "removed the group rule",
  "role.granted": "gave a role",
  "role.removed": "took a role away",
  "provider_key.created": "stored the provider key",
  "provider_key.validated": "tried the provider key",
  "connector.installed": "installed the connector",
  "connector_credentials.updated": "replaced the credentials of the connector",
  "workflow.created": "created the workflow",
  "workflow.updated": "added a version to the workflow",
  "workflow.published": "published the workflow version",
  "workflow.deleted": "deleted the workflow",
  "run.created": "started the run",
  "run.deleted": "deleted the run",
  "webhook.created": "added the webhook",
  "webhook.updated": "changed the webhook",
  "webhook.removed": "removed the webhook",
  "webhook.tested": "tried the webhook",
  "webhook_secret.rotated": "rotated the secret of the webhook",
  "webhook_delivery.repeated": "had delivered again",
  "session.created": "signed in",
  "session.ended": "signed out",
  "session.revoked": "ended one of their own sessions",
  "app_session.authorized": "let an app in",
  "app_session.created": "signed an app in",
  "app_session.refreshed": "renewed the tokens of an app",
  "app_session.revoked": "signed an app out",
  "device_code.created": "had a device ask to be let in",
  "device_code.approved": "let a device in",
  "device_code.denied": "refused a device",
  "signing_key.created": "made the signing key",
  "signing_key.retired": "retired the signing key",
  "checkpoint_key.rotated": "made a further key for checkpoints, which signs from then on",
  "session.ended_by_provider": "ended a session, as the identity provider asked",
  "app_session.ended_by_provider": "signed an app out, as the identity provider asked",
  "security.region_mismatch": "named an id of another region; refused before any look-up",
  "security.tenant_mismatch": "reached for another tenant; refused",
  "security.unauthenticated": "sent no valid credential",
  "security.audit_log_inconsistent":
    "found that the audit log is not what was signed, and signed nothing more of",
  "security.event_unsealable":
    "found in the inbox what the audit log does not take, and left it there:",
  "security.toxic_binding_refused":
    "would have made roles meet in one person that must not; refused for",
  "security.last_administrator_kept":
    "kept the role of the last administrator, though no group gives it any more",
  "security.token_reuse": "had a token of an app used twice; the app was signed out",
  "security.repeated_denials": "was refused again and again",
  "security.invariant_refused": "asked for what no role can allow; refused",
  "security.invariant_broken":
    "got so far that only the database refused: a check of ours was missing or was got around",
  "security.webhook_disabled":
    "switched a webhook off: for three days it took none of what it was told",
  "security.login_refused": "was refused at sign-in",
  "security.groups_withheld":
    "was refused at sign-in: they are in more groups than the identity provider names, so have it send this application only those assigned to it",
};

/** Things whose id says nothing that the verb has not said. */
const UNNAMED = new Set([
  "session",
  "app_session",
  "authorization_code",
  "device_code",
  "tenant",
  "invitation",
  "role_binding",
]);

export function eventSentence(event: AuditEvent): EventSentence {
  const resource = worthNaming(event) ? event.resource : null;
  return {
    actor: actorOf(event),
    verb: verbOf(event),
    link: event.class === "decision" ? "on" : "",
    resource,
    // The verb of a security event is its reason.
    because: event.class === "security" ? null : reasonWords(event.reason),
    times: event.count,
    tone: event.class === "security" ? "harm" : event.outcome === "deny" ? "attention" : "plain",
  };
}

/** In a decision the workspace goes without saying: it is where one is. */
function worthNaming(event: AuditEvent): boolean {
  const { resource, actor } = event;
  if (resource === null || UNNAMED.has(resource.type) || resource.id === actor.id) return false;
  if (event.class === "security") return false;
  return event.class !== "decision" || resource.type !== "workspace";
}

function actorOf({ actor }: AuditEvent): EventActor {
  if (actor.kind === "unauthenticated") return { kind: "words", words: "Somebody" };
  if (actor.kind === "system") return { kind: "words", words: "The system" };
  if (actor.kind === "platform") return { kind: "words", words: "A platform administrator" };
  return { kind: "principal", id: actor.id };
}

function verbOf({ type, permission }: AuditEvent): string {
  if (type === "decision.allowed") return `was allowed to ${meansOf(permission)}`;
  if (type === "decision.denied") return `was not allowed to ${meansOf(permission)}`;
  return VERBS[type] ?? type.replaceAll(/[._]/g, " ");
}

function meansOf(permission: string | null): string {
  if (permission === null) return "do this";
  return isPermission(permission) ? PERMISSIONS[permission].means : permission;
}

/** The sentence for a reason code; a code that this console does not know yet shows as it is. */
export function reasonWords(reason: string | null): string | null {
  if (reason === null) return null;
  return Object.hasOwn(DENIAL_REASONS, reason) ? DENIAL_REASONS[reason as DenialReason] : reason;
}
