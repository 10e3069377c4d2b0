import { createHash, randomBytes } from "node:crypto";
import { cellOf } from "@aic-sos/contract/ids";
import type { TestCell } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Client } from "pg";

type Row = Readonly<Record<string, unknown>>;

/** A tenant with at least one row in every tenant table, all of it in `workspace`; `other` is empty but for an environment. */
export interface FullTenant {
  readonly tenant: TestTenant;
  readonly workspace: TestWorkspace;
  readonly other: TestWorkspace;
  readonly userId: string;
  readonly workflowId: string;
  readonly versionId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly recordId: string;
  readonly approvalRequestId: string;
  readonly policyId: string;
  readonly eventId: string;
}

/** Fills a tenant, past row-level security. A new tenant table needs its row here: a test says so. */
export async function fillTenant(db: Client, cell: TestCell): Promise<FullTenant> {
  const tenant = await makeTenant(db, cell);
  const workspace = await makeWorkspace(db, tenant, { dataPersistenceMode: "full" });
  const other = await makeWorkspace(db, tenant);
  const person = await makePerson(db, tenant, { role: "WorkspaceAdmin", workspace });
  const add = inserter(db, cell, tenant, workspace);
  const userId = person.id;
  await fillIdentity(add, userId, tenant);
  await fillSecrets(add, userId);
  const workflows = await fillWorkflows(add, userId, workspace);
  const decidedBy = (await makePerson(db, tenant)).id;
  const runtime = await fillRuntime(add, userId, { ...workflows, decidedBy });
  const eventId = await fillLog(add, cell, userId, { tenant, workspace });
  return { tenant, workspace, other, userId, ...workflows, ...runtime, eventId };
}

type Add = (table: string, row: Row, kind?: "tenant" | "workspace") => Promise<string>;

function inserter(db: Client, cell: TestCell, tenant: TestTenant, workspace: TestWorkspace): Add {
  return async (table, row, kind = "workspace") => {
    const id = typeof row["id"] === "string" ? row["id"] : freshId(cell.code);
    const place = kind === "workspace" ? { workspace_id: workspace.id } : {};
    await insert(db, table, { tenant_id: tenant.id, ...place, ...row, id });
    return id;
  };
}

/** Inserts a row by hand. */
export async function insert(db: Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const holes = columns.map((_, index) => `$${index + 1}`);
  await db.query(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${holes.join(", ")})`,
    Object.values(row),
  );
}

async function fillIdentity(add: Add, userId: string, tenant: TestTenant): Promise<void> {
  const later = new Date(Date.now() + 3_600_000);
  await add("persons", {}, "tenant");
  const issuer = "https://id.example.test";
  await add("identity_providers", { issuer, client_id: "aic-sos" }, "tenant");
  await add("identities", { user_id: userId, issuer, subject: "ana" }, "tenant");
  await add("invitations", {
    role: "Operator",
    secret_hash: randomBytes(32),
    expires_at: later,
    accepted_at: new Date(),
    accepted_by: userId,
    created_by: userId,
  });
  const domain = `${tenant.slug}.example.test`;
  await add(
    "email_domains",
    { domain, proved_at: new Date(), challenge: "c".repeat(32) },
    "tenant",
  );
  await add("group_rules", { group_name: "ops", role: "Operator", created_by: userId }, "tenant");
  await add(
    "client_authorities",
    {
      name: "Test CA",
      certificate_pem: "-----BEGIN CERTIFICATE-----",
      fingerprint: "0".repeat(64),
      subject: "CN=Test CA",
      not_after: later,
      created_by: userId,
    },
    "tenant",
  );
  await add("api_keys", {
    user_id: userId,
    name: "ci",
    prefix: "aic_",
    secret_hash: randomBytes(32),
  });
  await fillSignIns(add, userId, later);
  await add(
    "idempotency_keys",
    {
      principal_id: userId,
      procedure: "workflows.create",
      key: "once",
      request_hmac: randomBytes(32),
      expires_at: later,
    },
    "tenant",
  );
}

async function fillSignIns(add: Add, userId: string, later: Date): Promise<void> {
  const sessionId = await add(
    "sessions",
    {
      user_id: userId,
      secret_hash: randomBytes(32),
      last_seen_at: new Date(),
      idle_expires_at: later,
      absolute_expires_at: later,
    },
    "tenant",
  );
  const family = {
    user_id: userId,
    client_id: "app",
    derivation_key_id: "k",
    absolute_expires_at: later,
  };
  const familyId = await add("refresh_token_families", family, "tenant");
  await add(
    "refresh_tokens",
    { family_id: familyId, secret_hash: randomBytes(32), expires_at: later },
    "tenant",
  );
  const code = {
    user_id: userId,
    session_id: sessionId,
    client_id: "app",
    redirect_uri: "http://127.0.0.1:5000/callback",
    code_challenge: "c".repeat(43),
    secret_hash: randomBytes(32),
    expires_at: later,
  };
  await add("authorization_codes", code, "tenant");
  const device = {
    client_id: "app",
    user_code_hash: randomBytes(48),
    secret_hash: randomBytes(48),
    expires_at: later,
    user_id: userId,
    session_id: sessionId,
    approved_at: new Date(),
  };
  await add("device_codes", device, "tenant");
}

async function fillSecrets(add: Add, userId: string): Promise<void> {
  await add("data_keys", { kek_id: "kek", wrapped: randomBytes(60) }, "tenant");
  const key = { provider: "openai", name: "main", created_by: userId };
  const keyId = await add("provider_keys", key);
  await add("provider_key_versions", {
    provider_key_id: keyId,
    version: 1,
    sealed: randomBytes(80),
    last_four: "1234",
    created_by: userId,
  });
  await add("connector_installations", {
    kind: "webhook",
    name: "hook",
    config: { url: "https://hook.example.test" },
    created_by: userId,
  });
  await add("workspace_config", { key: "theme", value: "{}" });
  const hook = { name: "SIEM", url: "https://siem.example.test", secret_sealed: randomBytes(80) };
  const webhookId = await add("security_webhooks", { ...hook, created_by: userId }, "tenant");
  const told = { webhook_id: webhookId, event_type: "webhook.test", occurred_at: new Date() };
  await add("webhook_deliveries", told, "tenant");
  const signingKey = { generation: 1, public_key: randomBytes(32), activates_at: new Date() };
  await add("signing_keys", { ...signingKey, private_key_sealed: randomBytes(80) }, "tenant");
}

async function fillWorkflows(add: Add, userId: string, workspace: TestWorkspace) {
  const workflowId = await add("workflows", { name: "triage", created_by: userId });
  const version = {
    version: 1,
    source: "kind: Workflow",
    digest: "d1",
    created_by: userId,
  };
  const versionId = await add("workflow_versions", {
    ...version,
    workflow_id: workflowId,
    definition: {},
    risk_tier: "low",
  });
  // And with it, by trigger, a row of workflow_releases.
  await add("workflow_publications", {
    workflow_id: workflowId,
    workflow_version_id: versionId,
    environment_id: workspace.environmentId,
    published_by: userId,
  });
  const policyId = await add("policies", { name: "no nights", created_by: userId }, "tenant");
  const policyVersionId = await add(
    "policy_versions",
    { ...version, policy_id: policyId },
    "tenant",
  );
  await add("policy_bindings", {
    policy_id: policyId,
    policy_version_id: policyVersionId,
    created_by: userId,
  });
  return { workflowId, versionId, policyId };
}

async function fillRuntime(
  add: Add,
  userId: string,
  of: { workflowId: string; versionId: string; decidedBy: string },
) {
  const runId = await add("runs", {
    workflow_id: of.workflowId,
    workflow_version_id: of.versionId,
    environment: "prod",
    trigger: "manual",
    requested_by: userId,
  });
  const stepId = await add("steps", { run_id: runId, step_id: "ask", use: "approval" });
  const approvalRequestId = await add("approval_requests", {
    run_id: runId,
    step_id: stepId,
    digest: "d1",
    requested_by: userId,
  });
  await add("approval_decisions", {
    run_id: runId,
    approval_request_id: approvalRequestId,
    verdict: "approve",
    digest: "d1",
    decided_by: of.decidedBy,
  });
  const record = { run_id: runId, step_id: stepId, kind: "prompt", name: "prompt" };
  const recordId = await add("records", { ...record, class: "content", size: 3 });
  await add("record_contents", { record_id: recordId, sealed: randomBytes(40) });
  return { runId, stepId, recordId, approvalRequestId };
}

async function fillLog(
  add: Add,
  cell: TestCell,
  userId: string,
  { tenant, workspace }: { tenant: TestTenant; workspace: TestWorkspace },
) {
  const waiting = sealedEvent({ tenantId: tenant.id, workspaceId: workspace.id, actorId: userId });
  const { id, event: text } = waiting;
  await add("audit_inbox", { id, size: 1, event_ids: [id], events: [text] }, "tenant");
  const event = sealedEvent({ tenantId: tenant.id, workspaceId: workspace.id, actorId: userId });
  const eventId = await add("audit_events", event);
  await add("audit_tree_nodes", { level: 8, index: 0, hash: randomBytes(32) }, "tenant");
  await add(
    "checkpoint_keys",
    { generation: 1, public_key: randomBytes(32), private_key_sealed: randomBytes(80) },
    "tenant",
  );
  await add(
    "audit_checkpoints",
    { tree_size: 1, root_hash: randomBytes(32), key_id: "k", note: "note" },
    "tenant",
  );
  await add("metering_events", {
    run_id: freshId(cell.code),
    meter: "llm.tokens",
    quantity: 5,
    occurred_at: new Date(),
  });
  return eventId;
}

/** What an event's text says and its columns repeat. */
export interface SealedFacts {
  readonly tenantId: string;
  readonly workspaceId?: string;
  readonly actorId: string;
  readonly seq?: number;
}

/** The columns of a first event of a chain; its text says what they say, and `n`, which tells two of them apart. */
export function sealedEvent(facts: SealedFacts, n = 1): Row {
  const { tenantId, workspaceId = null, actorId, seq = 1 } = facts;
  const sha256 = (...parts: Uint8Array[]) =>
    createHash("sha256").update(Buffer.concat(parts)).digest();
  const id = freshId(cellOf(tenantId));
  const [time, kind, type] = [new Date(), "change", "workspace.created"];
  const said = { id, tenantId, workspaceId, time, class: kind, type, actor: { id: actorId }, n };
  const event = JSON.stringify(said);
  const previous = Buffer.alloc(32);
  const leaf = sha256(Buffer.of(0), Buffer.from(event));
  return {
    id,
    workspace_id: workspaceId,
    seq,
    log_of: seq === 1 ? tenantId : null,
    time,
    class: kind,
    type,
    actor_id: actorId,
    action: type,
    event,
    leaf_hash: leaf,
    previous_chain_hash: previous,
    chain_hash: sha256(previous, leaf),
  };
}
