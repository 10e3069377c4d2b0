import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Harness } from "./harness.ts";
import type { Input } from "./procedure-calls.ts";
import { makeSignInRows, type SignInRows } from "./sign-in-rows.ts";
import { type Actor, makeActor, makeSession, yaml } from "./world.ts";

/** A workspace with one of everything in it, made by its administrator over REST. */
export interface Place extends SignInRows {
  readonly tenant: TestTenant;
  readonly workspace: TestWorkspace;
  readonly admin: Actor;
  readonly workflowId: string;
  readonly runId: string;
  readonly providerKeyId: string;
  readonly connectorId: string;
  /** A member without a role. */
  readonly memberId: string;
  readonly bindingId: string;
  readonly serviceId: string;
  readonly apiKeyId: string;
  readonly invitationId: string;
  /** Of the administrator. */
  readonly sessionId: string;
}

let count = 0;
/** A name that nothing has yet. */
export function freshName(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

export const OPENAI_KEY = "sk-proj-0123456789abcdefghijABCDEFGHIJ";

export async function makePlace(
  harness: Harness,
  tenant: TestTenant,
  workspace: TestWorkspace,
): Promise<Place> {
  const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin", workspace });
  const made = async (path: string, body: Input): Promise<string> => {
    const answer = await admin.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    const { id, providerKey, apiKey } = answer.body as Record<
      "providerKey" | "apiKey",
      { id: string } | undefined
    > & { id: string };
    return (providerKey ?? apiKey)?.id ?? id;
  };
  const workflowId = await made("/api/workflows", { source: yaml(freshName("place")) });
  await made(`/api/workflows/${workflowId}/publish`, {});
  const key = { provider: "openai", name: freshName("Key"), key: OPENAI_KEY };
  const connector = {
    kind: "webhook",
    name: freshName("Hook"),
    config: { url: "https://hooks.example.test/in" },
  };
  const db = await harness.cells.superuser(
    tenant.cell === harness.us.code ? harness.us : harness.eu,
  );
  const member = await makePerson(db, tenant);
  const service = { name: freshName("service"), roles: ["Operator"] };
  const serviceId = await made("/api/services", service);
  const invitation = { email: `${freshName("invited")}@example.test`, role: "Operator" };
  return {
    tenant,
    workspace,
    admin,
    workflowId,
    runId: await made("/api/runs", { workflowId, inputs: { ticket: "INC1001" } }),
    providerKeyId: await made("/api/provider-keys", key),
    connectorId: await made("/api/connectors/install", connector),
    memberId: member.id,
    bindingId: admin.person.principal.bindings[0]?.id ?? "",
    serviceId,
    apiKeyId: await made("/api/api-keys", { serviceId, name: "place" }),
    invitationId: await made("/api/members/invitations", invitation),
    sessionId: admin.credentialId,
    ...(await makeSignInRows(db, tenant, admin.person.id)),
  };
}

/** A valid input of each procedure that acts in `place`. */
export function inputFor(key: string, place: Place): Input {
  const workspaceId = place.workspace.id;
  const { workflowId, tenant } = place;
  const inputs: Readonly<Record<string, () => Input>> = {
    "apiKey.create": () => ({ serviceId: place.serviceId, name: freshName("key"), workspaceId }),
    "apiKey.list": () => ({ workspaceId }),
    "apiKey.revoke": () => ({ apiKeyId: place.apiKeyId, workspaceId }),
    "apiKey.rotate": () => ({ apiKeyId: place.apiKeyId, overlapHours: 1, workspaceId }),
    "audit.listEvents": () => ({ workspaceId }),
    "audit.listSecurityEvents": () => ({ workspaceId }),
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
    "emailDomain.create": () => ({ domain: `${freshName("domain")}.example.test` }),
    "emailDomain.list": () => ({}),
    "emailDomain.prove": () => ({ emailDomainId: place.emailDomainId }),
    "emailDomain.remove": () => ({ emailDomainId: place.emailDomainId }),
    "groupRule.create": () => ({ group: freshName("group"), role: "Operator" }),
    "groupRule.list": () => ({}),
    "groupRule.remove": () => ({ groupRuleId: place.groupRuleId }),
    "identityProvider.create": () => ({
      name: freshName("Provider"),
      issuer: "https://127.0.0.1/",
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
    "service.create": () => ({ name: freshName("service"), roles: ["Operator"], workspaceId }),
    "service.disable": () => ({ serviceId: place.serviceId, workspaceId }),
    "service.enable": () => ({ serviceId: place.serviceId, workspaceId }),
    "service.list": () => ({ workspaceId }),
    "session.end": () => ({}),
    "session.list": () => ({}),
    "session.revoke": () => ({ sessionId: place.sessionId }),
    "session.revokeOthers": () => ({}),
    "tenant.create": () => ({ name: freshName("Company"), region: tenant.region }),
    "tenant.invite": () => ({ tenantId: tenant.id, email: "first@example.test" }),
    "tenant.read": () => ({ tenantId: tenant.id }),
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
  const make = inputs[key];
  if (!make) throw new RangeError(`places.ts has no input for ${key}: add one`);
  return make();
}

/** As `inputFor`, with something of its own to take away, for the procedures after which it is gone. */
export async function consumableInputFor(
  key: string,
  place: Place,
  harness: Harness,
): Promise<Input> {
  const workspaceId = place.workspace.id;
  const db = await harness.cells.superuser(
    place.tenant.cell === harness.us.code ? harness.us : harness.eu,
  );
  if (key === "run.delete") return { runId: await finishedRun(harness, place), workspaceId };
  if (key === "member.grantRole") {
    const somebody = await makePerson(db, place.tenant);
    return { ...inputFor(key, place), memberId: somebody.id };
  }
  if (key === "member.removeRole") {
    const spare = await makePerson(db, place.tenant, {
      role: "Operator",
      workspace: place.workspace,
    });
    return { bindingId: spare.principal.bindings[0]?.id, workspaceId };
  }
  if (key.startsWith("apiKey.") && key !== "apiKey.list") {
    const { admin } = place;
    const service = await admin.post("/api/services", {
      name: freshName("spare"),
      roles: ["Operator"],
    });
    const spare = { serviceId: (service.body as { id: string }).id, name: "spare" };
    if (key === "apiKey.create") return { ...spare, workspaceId };
    const made = await admin.post("/api/api-keys", spare);
    const { apiKey } = made.body as { apiKey: { id: string } };
    return inputFor(key, { ...place, apiKeyId: apiKey.id });
  }
  if (key === "invitation.revoke") {
    const invited = await place.admin.post("/api/members/invitations", {
      email: `${freshName("spare")}@example.test`,
      role: "Operator",
    });
    return { invitationId: (invited.body as { id: string }).id, workspaceId };
  }
  if (/^service\.(?:dis|en)able$/.test(key)) {
    const made = await place.admin.post("/api/services", {
      name: freshName("spare"),
      roles: ["Operator"],
    });
    return { serviceId: (made.body as { id: string }).id, workspaceId };
  }
  if (/^member\.(?:disable|enable|remove)$/.test(key)) {
    return { memberId: (await makePerson(db, place.tenant)).id };
  }
  if (/^(?:emailDomain|groupRule|identityProvider)\.remove$/.test(key)) {
    const { admin, tenant } = place;
    return inputFor(key, { ...place, ...(await makeSignInRows(db, tenant, admin.person.id)) });
  }
  if (key === "person.link") {
    const [one, other] = [await makePerson(db, place.tenant), await makePerson(db, place.tenant)];
    return { memberId: one.id, otherMemberId: other.id };
  }
  if (key === "session.revoke")
    return { sessionId: (await makeSession(harness, place.tenant, place.admin.person)).id };
  if (key === "workflow.delete") {
    const made = await place.admin.post("/api/workflows", { source: yaml(freshName("doomed")) });
    return { workflowId: (made.body as { id: string }).id, workspaceId };
  }
  if (key === "workflow.update") {
    const { rows } = await db.query<{ name: string }>(
      "select name from workflows where tenant_id = $1 and id = $2",
      [place.tenant.id, place.workflowId],
    );
    return { ...inputFor(key, place), source: yaml(rows[0]?.name ?? "") };
  }
  if (key === "tenant.invite") return { tenantId: await emptyTenant(harness, place) };
  return inputFor(key, place);
}

/** A run that has ended, by copy: nothing executes runs yet. */
async function finishedRun(harness: Harness, place: Place): Promise<string> {
  const db = await harness.cells.superuser(
    place.tenant.cell === harness.us.code ? harness.us : harness.eu,
  );
  const id = freshId(place.tenant.cell);
  await db.query(
    `insert into runs (tenant_id, workspace_id, id, workflow_id, workflow_version_id, environment, state, trigger,
        requested_by, inputs, started_at, finished_at)
      select tenant_id, workspace_id, $1, workflow_id, workflow_version_id, environment, 'succeeded', trigger,
        requested_by, inputs, now(), now()
      from runs where tenant_id = $2 and id = $3`,
    [id, place.tenant.id, place.runId],
  );
  return id;
}

async function emptyTenant(harness: Harness, place: Place): Promise<string> {
  const made = await harness.platform.post("/api/tenants", {
    name: freshName("Empty"),
    region: place.tenant.region,
  });
  return (made.body as { tenant: { id: string } }).tenant.id;
}
