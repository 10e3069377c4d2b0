import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { auditTrail } from "./audit-trail.ts";
import type { Harness } from "./harness.ts";
import { askAsDevice, makeAppSession } from "./native-app.ts";
import { inputsAboutWhat, inputsAboutWho, OPENAI_KEY } from "./place-inputs.ts";
import type { Input } from "./procedure-calls.ts";
import { makeSignInRows, type SignInRows } from "./sign-in-rows.ts";
import { makeWebhookRows, type WebhookRows } from "./webhook-rows.ts";
import { type Actor, makeActor, makeSession, yaml } from "./world.ts";

/** A workspace with one of everything in it, made by its administrator over REST. */
export interface Place extends SignInRows, WebhookRows {
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
  readonly appSessionId: string;
  /** Of a device that waits for somebody of the tenant. */
  readonly userCode: string;
  /** Every address below it is an OpenID provider's. */
  readonly issuer: string;
  /** Of the workflow's making: the change, and the decision behind it. */
  readonly eventId: string;
  readonly decisionId: string;
}

let count = 0;
/** A name that nothing has yet. */
export function freshName(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

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
  const workflow = await admin.post("/api/workflows", { source: yaml(freshName("place")) });
  const { id: workflowId } = workflow.body as { id: string };
  const eventId = workflow.headers.get("aic-audit-id") ?? "";
  await made(`/api/workflows/${workflowId}/publish`, {});
  const key = { provider: "openai", name: freshName("Key"), key: OPENAI_KEY };
  const connector = {
    kind: "webhook",
    name: freshName("Hook"),
    config: { url: "https://hooks.example.test/in" },
  };
  const db = await databaseOf(harness, tenant);
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
    appSessionId: await makeAppSession(harness, tenant, admin.person),
    userCode: (await askAsDevice(harness.url, tenant)).user_code,
    eventId,
    decisionId: await decisionOf(harness, tenant, eventId),
    ...(await makeSignInRows(harness, tenant, admin.person.id)),
    ...(await makeWebhookRows(harness, tenant, admin.person.id)),
    issuer: harness.outside.issuer,
  };
}

/** The decision behind a change. */
async function decisionOf(harness: Harness, tenant: TestTenant, eventId: string): Promise<string> {
  const cell = tenant.cell === harness.us.code ? harness.us : harness.eu;
  const [event] = await auditTrail(harness.cells, cell, { id: eventId });
  return event?.decisionId ?? "";
}

/** A valid input of each procedure that acts in `place`. */
export function inputFor(key: string, place: Place): Input {
  const inputs = { ...inputsAboutWho(place, freshName), ...inputsAboutWhat(place, freshName) };
  const make = inputs[key];
  if (!make) throw new RangeError(`place-inputs.ts has no input for ${key}: add one`);
  return make();
}

type Consumable = (place: Place, harness: Harness, key: string) => Promise<Input>;

async function spareKey(place: Place): Promise<Input> {
  const serviceId = await spareService(place);
  const made = await place.admin.post("/api/api-keys", { serviceId, name: "spare" });
  const { apiKey } = made.body as { apiKey: { id: string } };
  return { apiKeyId: apiKey.id, workspaceId: place.workspace.id };
}

async function spareService({ admin }: Place): Promise<string> {
  const made = await admin.post("/api/services", { name: freshName("spare"), roles: ["Operator"] });
  return (made.body as { id: string }).id;
}

const spareMember: Consumable = async ({ tenant }, harness) => ({
  memberId: (await makePerson(await databaseOf(harness, tenant), tenant)).id,
});

const spareSignInRows: Consumable = async (place, harness, key) => {
  const rows = await makeSignInRows(harness, place.tenant, place.admin.person.id);
  return inputFor(key, { ...place, ...rows });
};

const spareWebhook: Consumable = async (place, harness, key) => {
  const rows = await makeWebhookRows(harness, place.tenant, place.admin.person.id);
  return inputFor(key, { ...place, ...rows });
};

const switchedService: Consumable = async (place) => ({
  serviceId: await spareService(place),
  workspaceId: place.workspace.id,
});

/** Something to take away, for the procedures after which it is gone. */
const CONSUMABLES: Readonly<Record<string, Consumable>> = {
  "apiKey.create": async (place, _, key) => ({
    ...inputFor(key, place),
    serviceId: await spareService(place),
  }),
  "apiKey.revoke": spareKey,
  "apiKey.rotate": spareKey,
  "appSession.answerDevice": async ({ tenant }, harness) => ({
    userCode: (await askAsDevice(harness.url, tenant)).user_code,
    allow: true,
  }),
  "appSession.revoke": async ({ tenant, admin }, harness) => ({
    appSessionId: await makeAppSession(harness, tenant, admin.person),
  }),
  "clientAuthority.remove": spareSignInRows,
  "emailDomain.remove": spareSignInRows,
  "groupRule.remove": spareSignInRows,
  "identityProvider.remove": spareSignInRows,
  "invitation.revoke": async ({ admin, workspace }) => {
    const invitation = { email: `${freshName("spare")}@example.test`, role: "Operator" };
    const invited = await admin.post("/api/members/invitations", invitation);
    return { invitationId: (invited.body as { id: string }).id, workspaceId: workspace.id };
  },
  "member.disable": spareMember,
  "member.enable": spareMember,
  "member.grantRole": async (place, harness, key) => ({
    ...inputFor(key, place),
    ...(await spareMember(place, harness, key)),
  }),
  "member.remove": spareMember,
  "member.removeRole": async ({ tenant, workspace }, harness) => {
    const db = await databaseOf(harness, tenant);
    const spare = await makePerson(db, tenant, { role: "Operator", workspace });
    return { bindingId: spare.principal.bindings[0]?.id, workspaceId: workspace.id };
  },
  "person.link": async ({ tenant }, harness) => {
    const db = await databaseOf(harness, tenant);
    const [one, other] = [await makePerson(db, tenant), await makePerson(db, tenant)];
    return { memberId: one.id, otherMemberId: other.id };
  },
  "run.delete": async (place, harness) => ({
    runId: await finishedRun(harness, place),
    workspaceId: place.workspace.id,
  }),
  "service.disable": switchedService,
  "service.enable": switchedService,
  "session.revoke": async ({ tenant, admin }, harness) => ({
    sessionId: (await makeSession(harness, tenant, admin.person)).id,
  }),
  "tenant.inviteAdministrator": async (place, harness) => ({
    tenantId: await emptyTenant(harness, place),
  }),
  "webhook.create": async (place, harness, key) => {
    const db = await databaseOf(harness, place.tenant);
    await db.query("delete from security_webhooks where tenant_id = $1 and id <> $2", [
      place.tenant.id,
      place.webhookId,
    ]);
    return inputFor(key, place);
  },
  "webhook.remove": spareWebhook,
  "webhook.repeatDelivery": spareWebhook,
  "workflow.delete": async ({ admin, workspace }) => {
    const made = await admin.post("/api/workflows", { source: yaml(freshName("doomed")) });
    return { workflowId: (made.body as { id: string }).id, workspaceId: workspace.id };
  },
  "workflow.update": async (place, harness, key) => {
    const { rows } = await (await databaseOf(harness, place.tenant)).query<{ name: string }>(
      "select name from workflows where tenant_id = $1 and id = $2",
      [place.tenant.id, place.workflowId],
    );
    return { ...inputFor(key, place), source: yaml(rows[0]?.name ?? "") };
  },
};

/** As `inputFor`, with something of its own to take away, for the procedures after which it is gone. */
export async function consumableInputFor(
  key: string,
  place: Place,
  harness: Harness,
): Promise<Input> {
  return (await CONSUMABLES[key]?.(place, harness, key)) ?? inputFor(key, place);
}

function databaseOf(harness: Harness, tenant: TestTenant) {
  return harness.cells.superuser(tenant.cell === harness.us.code ? harness.us : harness.eu);
}

/** A run that has ended, by copy: nothing executes runs yet. */
async function finishedRun(harness: Harness, place: Place): Promise<string> {
  const db = await databaseOf(harness, place.tenant);
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
