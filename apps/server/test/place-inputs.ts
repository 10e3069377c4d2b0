import { makeAuthority } from "@aic-sos/testkit/make-certificate";
import type { Input } from "./procedure-calls.ts";
import { yaml } from "./world.ts";

/** What the inputs name of a place. */
interface Named {
  readonly workspace: { readonly id: string };
  readonly tenant: { readonly id: string; readonly region: string };
  readonly admin: { readonly person: { readonly id: string } };
  readonly workflowId: string;
  readonly runId: string;
  readonly providerKeyId: string;
  readonly connectorId: string;
  readonly memberId: string;
  readonly bindingId: string;
  readonly serviceId: string;
  readonly apiKeyId: string;
  readonly invitationId: string;
  readonly sessionId: string;
  readonly appSessionId: string;
  readonly userCode: string;
  readonly emailDomainId: string;
  readonly groupRuleId: string;
  readonly clientAuthorityId: string;
  readonly identityProviderId: string;
  readonly issuer: string;
  readonly eventId: string;
  readonly decisionId: string;
  readonly webhookId: string;
  readonly deliveryId: string;
}

type Inputs = Readonly<Record<string, () => Input>>;
type FreshName = (prefix: string) => string;

export const OPENAI_KEY = "sk-proj-0123456789abcdefghijABCDEFGHIJ";

const APP_REQUEST = {
  clientId: "aic-sos-cli",
  redirectUri: "http://127.0.0.1:49152/callback",
  codeChallenge: "c".repeat(43),
};

/** Inputs of the procedures about who may come in and do what. */
export function inputsAboutWho(place: Named, freshName: FreshName): Inputs {
  const workspaceId = place.workspace.id;
  return {
    "apiKey.create": () => ({ serviceId: place.serviceId, name: freshName("key"), workspaceId }),
    "apiKey.list": () => ({ workspaceId }),
    "apiKey.revoke": () => ({ apiKeyId: place.apiKeyId, workspaceId }),
    "apiKey.rotate": () => ({ apiKeyId: place.apiKeyId, overlapHours: 1, workspaceId }),
    "appSession.answerDevice": () => ({ userCode: place.userCode, allow: false }),
    "appSession.authorize": () => ({ ...APP_REQUEST, workspaceId }),
    "appSession.list": () => ({}),
    "appSession.readDevice": () => ({ userCode: place.userCode }),
    "appSession.readRequest": () => ({ ...APP_REQUEST, workspaceId }),
    "appSession.revoke": () => ({ appSessionId: place.appSessionId }),
    "appSession.revokeAll": () => ({}),
    "clientAuthority.list": () => ({}),
    "clientAuthority.register": () => ({
      name: freshName("CA"),
      certificatePem: makeAuthority().pem,
    }),
    "clientAuthority.remove": () => ({ clientAuthorityId: place.clientAuthorityId }),
    "emailDomain.create": () => ({
      domain: `${freshName("domain")}.example.test`,
      identityProviderId: place.identityProviderId,
    }),
    "emailDomain.list": () => ({}),
    "emailDomain.prove": () => ({ emailDomainId: place.emailDomainId }),
    "emailDomain.remove": () => ({ emailDomainId: place.emailDomainId }),
    "groupRule.create": () => ({
      group: freshName("group"),
      role: "Operator",
      roleWorkspaceId: place.workspace.id,
      identityProviderId: place.identityProviderId,
    }),
    "groupRule.list": () => ({}),
    "groupRule.remove": () => ({ groupRuleId: place.groupRuleId }),
    "identityProvider.create": () => ({
      name: freshName("Provider"),
      issuer: `${place.issuer}/${freshName("issuer")}`,
      clientId: "test",
    }),
    "identityProvider.list": () => ({}),
    "identityProvider.remove": () => ({ identityProviderId: place.identityProviderId }),
    "identityProvider.test": () => ({ identityProviderId: place.identityProviderId }),
    "identityProvider.update": () => ({
      identityProviderId: place.identityProviderId,
      state: "disabled",
    }),
    "invitation.list": () => ({ workspaceId }),
    "invitation.revoke": () => ({ invitationId: place.invitationId, workspaceId }),
    "me.read": () => ({}),
    "member.disable": () => ({ memberId: place.memberId }),
    "member.enable": () => ({ memberId: place.memberId }),
    "member.grantRole": () => ({ memberId: place.memberId, role: "Operator", workspaceId }),
    "member.invite": () => ({
      email: `${freshName("new")}@example.test`,
      role: "Operator",
      workspaceId,
    }),
    "member.list": () => ({ workspaceId }),
    "member.remove": () => ({ memberId: place.memberId }),
    "member.removeRole": () => ({ bindingId: place.bindingId, workspaceId }),
    "person.link": () => ({ memberId: place.memberId, otherMemberId: place.admin.person.id }),
    "service.create": () => ({ name: freshName("service"), roles: ["Operator"], workspaceId }),
    "service.disable": () => ({ serviceId: place.serviceId, workspaceId }),
    "service.enable": () => ({ serviceId: place.serviceId, workspaceId }),
    "service.list": () => ({ workspaceId }),
    "session.end": () => ({}),
    "session.list": () => ({}),
    "session.revoke": () => ({ sessionId: place.sessionId }),
    "session.revokeOthers": () => ({}),
  };
}

/** Inputs of all other procedures. */
export function inputsAboutWhat(place: Named, freshName: FreshName): Inputs {
  const workspaceId = place.workspace.id;
  const { workflowId, tenant } = place;
  return {
    "audit.exportEvents": () => ({ workspaceId, first: 1, last: 1 }),
    "audit.listEvents": () => ({ workspaceId }),
    "audit.listKeys": () => ({ workspaceId }),
    "audit.listSecurityEvents": () => ({ workspaceId }),
    "audit.proveConsistency": () => ({ workspaceId, from: 1, to: 1 }),
    "audit.proveEvent": () => ({ workspaceId, eventId: place.eventId }),
    "audit.readCheckpoint": () => ({ workspaceId }),
    "audit.readEvent": () => ({ workspaceId, eventId: place.eventId }),
    "audit.readStatus": () => ({ workspaceId }),
    "authz.can": () => ({ workspaceId, permissions: ["run:create"] }),
    "authz.explain": () => ({ workspaceId, permission: "run:create" }),
    "authz.explainDecision": () => ({ decisionId: place.decisionId }),
    "connector.install": () => ({
      kind: "servicenow",
      name: freshName("ServiceNow"),
      config: { instanceUrl: "https://dev.service-now.com" },
      credentials: { username: "integration", password: "a-password" },
      workspaceId,
    }),
    "connector.list": () => ({ workspaceId }),
    "connector.updateCredentials": () => ({
      connectorId: place.connectorId,
      workspaceId,
      credentials: { signingSecret: "sixteen-characters" },
    }),
    "platformKey.disable": () => ({}),
    "platformKey.read": () => ({}),
    "platformKey.rotate": () => ({ overlapHours: 1 }),
    "providerKey.create": () => ({
      provider: "openai",
      name: freshName("Key"),
      key: OPENAI_KEY,
      workspaceId,
    }),
    "providerKey.list": () => ({ workspaceId }),
    "providerKey.validate": () => ({ providerKeyId: place.providerKeyId, workspaceId }),
    "run.create": () => ({ workflowId, inputs: { ticket: "INC1234" }, workspaceId }),
    "run.delete": () => ({ runId: place.runId, workspaceId }),
    "run.list": () => ({ workspaceId }),
    "run.read": () => ({ runId: place.runId, workspaceId }),
    "tenant.create": () => ({ name: freshName("Company"), region: tenant.region }),
    "tenant.inviteAdministrator": () => ({ tenantId: tenant.id, email: "first@example.test" }),
    "tenant.list": () => ({ region: tenant.region }),
    "tenant.read": () => ({ tenantId: tenant.id }),
    "webhook.create": () => ({ name: freshName("Webhook"), url: "https://siem.example.test/in" }),
    "webhook.list": () => ({}),
    "webhook.listDeliveries": () => ({ webhookId: place.webhookId }),
    "webhook.remove": () => ({ webhookId: place.webhookId }),
    "webhook.repeatDelivery": () => ({
      webhookId: place.webhookId,
      deliveryId: place.deliveryId,
    }),
    "webhook.rotateSecret": () => ({ webhookId: place.webhookId }),
    "webhook.test": () => ({ webhookId: place.webhookId }),
    "webhook.update": () => ({ webhookId: place.webhookId, name: "Renamed" }),
    "workflow.check": () => ({ source: yaml("checked"), workspaceId }),
    "workflow.create": () => ({ source: yaml(freshName("made")), workspaceId }),
    "workflow.delete": () => ({ workflowId, workspaceId }),
    "workflow.list": () => ({ workspaceId }),
    "workflow.publish": () => ({ workflowId, workspaceId }),
    "workflow.read": () => ({ workspaceId, workflowId }),
    "workflow.readVersion": () => ({ workspaceId, workflowId, version: 1 }),
    "workflow.update": () => ({ workflowId, source: yaml("another"), workspaceId }),
    "workspace.create": () => ({
      name: freshName("Workspace"),
      region: tenant.region,
      tenantId: tenant.id,
    }),
    "workspace.list": () => ({}),
    "workspace.read": () => ({ workspaceId }),
    "workspace.updateDataMode": () => ({ workspaceId, dataPersistenceMode: "metadata_only" }),
  };
}
