import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connected, enterScope, foreignKeys, sqlState, workspaceTables } from "./catalogue.ts";
import { type FullTenant, fillTenant, insert } from "./fixture.ts";

const RESTRICTED = "23503";
/** They refer to the tenant only, and outlive the workspace. */
const KEPT = ["audit_events", "audit_inbox", "metering_events"];

let cells: FreshCells;
let superuser: Client;
let app: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});
beforeEach(async () => {
  full = await fillTenant(superuser, cells.us);
});

/** Deletes as the application role, in a transaction that commits. */
async function deleteAsApp(table: string, id: string): Promise<number> {
  await app.query("BEGIN");
  try {
    await enterScope(app, full.tenant.id);
    const { rowCount } = await app.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND id = $2`, [
      full.tenant.id,
      id,
    ]);
    await app.query("COMMIT");
    return rowCount ?? 0;
  } catch (error) {
    await app.query("ROLLBACK");
    throw error;
  }
}

async function left(table: string, column: string, id: string): Promise<number> {
  const { rowCount } = await superuser.query(
    `SELECT FROM ${table} WHERE tenant_id = $1 AND ${column} = $2`,
    [full.tenant.id, id],
  );
  return rowCount ?? 0;
}

describe("deleting a workspace", () => {
  it("takes everything in it along and keeps the audit log and the meter", async () => {
    const tables = await workspaceTables(superuser);
    expect(tables.length).toBeGreaterThan(20);
    expect(await deleteAsApp("workspaces", full.workspace.id)).toBe(1);
    for (const table of tables) {
      const rows = await left(table, "workspace_id", full.workspace.id);
      expect(rows, table).toBe(KEPT.includes(table) ? 1 : 0);
    }
    expect(await left("environments", "id", full.other.environmentId)).toBe(1);
    expect(await left("users", "id", full.userId)).toBe(1);
  });
});

describe("deleting a workflow", () => {
  it("is refused while it has runs", async () => {
    expect(await sqlState(deleteAsApp("workflows", full.workflowId))).toBe(RESTRICTED);
    expect(await left("workflow_versions", "workflow_id", full.workflowId)).toBe(1);
  });

  it("without runs takes its versions, publications and releases along", async () => {
    expect(await deleteAsApp("runs", full.runId)).toBe(1);
    expect(await deleteAsApp("workflows", full.workflowId)).toBe(1);
    expect(await left("workflow_versions", "workflow_id", full.workflowId)).toBe(0);
    expect(await left("workflow_publications", "workflow_id", full.workflowId)).toBe(0);
    expect(await left("workflow_releases", "workflow_id", full.workflowId)).toBe(0);
  });

  it("cannot be got around by deleting a version that a run is pinned to", async () => {
    const version = {
      id: freshId(cells.us.code),
      tenant_id: full.tenant.id,
      workspace_id: full.workspace.id,
    };
    await insert(superuser, "workflow_versions", {
      ...version,
      workflow_id: full.workflowId,
      version: 2,
      source: "kind: Workflow",
      definition: {},
      digest: "d2",
      risk_tier: "low",
      created_by: full.userId,
    });
    for (const id of [full.versionId, version.id]) {
      const sql = `DELETE FROM workflow_versions WHERE id = '${id}'`;
      expect(["AE002", RESTRICTED]).toContain(await sqlState(superuser.query(sql)));
    }
  });
});

describe("deleting a run", () => {
  it("takes its steps, approvals, decisions, records and contents along", async () => {
    expect(await deleteAsApp("runs", full.runId)).toBe(1);
    for (const table of ["steps", "approval_requests", "approval_decisions", "records"]) {
      expect(await left(table, "run_id", full.runId), table).toBe(0);
    }
    expect(await left("record_contents", "record_id", full.recordId)).toBe(0);
  });
});

describe("deleting a policy", () => {
  it("takes its versions and bindings along", async () => {
    expect(await deleteAsApp("policies", full.policyId)).toBe(1);
    expect(await left("policy_versions", "policy_id", full.policyId)).toBe(0);
    expect(await left("policy_bindings", "policy_id", full.policyId)).toBe(0);
  });
});

describe("people and tenants", () => {
  it("a user with a history cannot be deleted, not even by a superuser", async () => {
    const sql = `DELETE FROM users WHERE id = '${full.userId}'`;
    expect(await sqlState(superuser.query(sql))).toBe(RESTRICTED);
  });

  it("a tenant with an audit log cannot be deleted, not even by a superuser", async () => {
    const sql = `DELETE FROM tenants WHERE tenant_id = '${full.tenant.id}'`;
    expect(await sqlState(superuser.query(sql))).not.toBe("none");
  });

  it("every reference to users but that of what is the user's own restricts", async () => {
    const own = [
      "identities",
      "role_bindings",
      "api_keys",
      "authorization_codes",
      "device_codes",
      "sessions",
      "refresh_token_families",
      "idempotency_keys",
    ];
    const cascading = (await foreignKeys(superuser)).filter(
      (key) => key.target === "users" && key.onDelete !== "r",
    );
    expect([...new Set(cascading.map((key) => key.table))].toSorted()).toEqual(own.toSorted());
    expect(
      cascading.filter((key) => !["user_id", "principal_id"].includes(key.columns[1] ?? "")),
    ).toEqual([]);
  });

  it("every reference to a version restricts", async () => {
    const versions = ["workflow_versions", "policy_versions"];
    const keys = (await foreignKeys(superuser)).filter((key) => versions.includes(key.target));
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.filter((key) => key.onDelete !== "r")).toEqual([]);
  });
});
