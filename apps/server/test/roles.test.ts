import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { consumableInputFor, inputFor, makePlace, type Place } from "./places.ts";
import {
  callRest,
  callTrpc,
  fieldsIn,
  mutations,
  problemIn,
  procedureOf,
} from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let place: Place;
const actors = new Map<string, Actor>();

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  for (const role of [
    "Operator",
    "Auditor",
    "Approver",
    "IntegrationAdmin",
    "WorkspaceAdmin",
  ] as const) {
    actors.set(role, await makeActor(harness, tenant, { role, workspace }));
  }
});
afterAll(() => harness.stop());

function as(role: string): Actor {
  const actor = actors.get(role);
  if (!actor) throw new RangeError(role);
  return actor;
}

/** Everything in the tenant's database but what every request may leave: events, counts, and when a credential was used. */
async function contents(): Promise<string> {
  const db = await harness.cells.superuser(harness.us);
  const { rows: tables } = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'audit%' and c.relname <> 'rate_limits' order by 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: object }>(
      `select to_jsonb(t) - 'last_seen_at' - 'last_used_at' - 'idle_expires_at' as row from ${name} as t order by 1`,
    );
    parts.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return parts.join("\n");
}

describe("an auditor", () => {
  it.each(
    mutations.filter(({ permission }) => permission !== "self:manage").map(({ key }) => [key]),
  )("cannot %s, on either face, and nothing has changed", async (key) => {
    const input = await consumableInputFor(key, place, harness);
    const before = await contents();
    for (const call of [callRest, callTrpc]) {
      const answer = await call(as("Auditor"), procedureOf(key), input, {
        headers: { "idempotency-key": `auditor-${key}` },
      });
      expect([403, 404], answer.text).toContain(answer.status);
    }
    expect(await contents()).toBe(before);
  });

  it("may end their own session, and nothing else", async () => {
    const auditor = await makeActor(harness, place.tenant, {
      role: "Auditor",
      workspace: place.workspace,
    });
    expect((await auditor.delete("/api/session")).status).toBe(200);
    expect((await auditor.get("/api/me")).status).toBe(401);
  });

  it("reads members, workflows, runs, keys, connectors and the audit log", async () => {
    for (const path of [
      "members",
      "runs",
      "provider-keys",
      "connectors",
      "audit-events",
      "security-events",
    ]) {
      expect((await as("Auditor").get(`/api/${path}`)).status, path).toBe(200);
    }
  });

  it("who is also something else elsewhere still changes nothing where they audit", async () => {
    const answer = await place.admin.post("/api/role-bindings", {
      memberId: as("Auditor").person.id,
      role: "Operator",
    });
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
    expect(fieldsIn(answer)[0]).toBe("role");
  });
});

describe("an operator", () => {
  it("can trigger a run of a published workflow", async () => {
    const answer = await as("Operator").post("/api/runs", inputFor("run.create", place));
    expect(answer.body).toMatchObject({
      state: "queued",
      trigger: "manual",
      requestedBy: as("Operator").person.id,
    });
  });

  it("cannot store a provider key, and is told why", async () => {
    const answer = await as("Operator").post(
      "/api/provider-keys",
      inputFor("providerKey.create", place),
    );
    expect([answer.status, problemIn(answer)?.["reason"]]).toEqual([403, "role_lacks_permission"]);
    expect(problemIn(answer)?.["decisionId"]).toMatch(/-8001-/);
  });
});

describe("an integration administrator", () => {
  it("stores a provider key", async () => {
    const answer = await as("IntegrationAdmin").post(
      "/api/provider-keys",
      inputFor("providerKey.create", place),
    );
    expect(answer.status).toBe(201);
  });

  it("cannot trigger a run", async () => {
    const answer = await as("IntegrationAdmin").post("/api/runs", inputFor("run.create", place));
    expect(answer.status).toBe(403);
  });
});

describe("an approver", () => {
  it("reads runs and the audit log, and cannot trigger a run, publish or delete", async () => {
    const approver = as("Approver");
    expect((await approver.get("/api/runs")).status).toBe(200);
    expect((await approver.get("/api/audit-events")).status).toBe(200);
    for (const key of ["run.create", "workflow.publish", "run.delete"]) {
      const answer = await callRest(
        approver,
        procedureOf(key),
        await consumableInputFor(key, place, harness),
      );
      expect(answer.status, key).toBe(403);
    }
  });
});

describe("a workspace administrator", () => {
  it("gives no role beyond the workspace they administer", async () => {
    const answer = await as("WorkspaceAdmin").post("/api/role-bindings", {
      memberId: place.memberId,
      role: "Operator",
      tenantWide: true,
    });
    expect([answer.status, problemIn(answer)?.["reason"]]).toEqual([403, "no_binding"]);
  });

  it("cannot take the last administrator's role away", async () => {
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const only = await makeActor(harness, tenant, { role: "WorkspaceAdmin", workspace });
    const answer = await only.delete(`/api/role-bindings/${only.person.principal.bindings[0]?.id}`);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
  });

  it("of the whole tenant names the workspace in which something is made", async () => {
    const admin = await makeActor(harness, place.tenant, { role: "WorkspaceAdmin" });
    const ways: Record<string, string>[] = [{}, { "x-workspace-id": "*" }];
    for (const headers of ways) {
      for (const { key } of mutations) {
        const { workspaceId, ...input } = inputFor(key, place);
        if (
          workspaceId === undefined ||
          key === "workspace.updateDataMode" ||
          /^(?:member|invitation|service|apiKey|appSession)\./.test(key)
        )
          continue;
        const answer = await callRest(admin, procedureOf(key), input, { headers });
        expect([key, answer.status, problemIn(answer)?.["code"]]).toEqual([
          key,
          400,
          "workspace_required",
        ]);
      }
    }
  });
});

describe("the platform", () => {
  it("sees no data of a tenant", async () => {
    for (const path of [
      `workspaces/${place.workspace.id}`,
      "runs",
      `workflows/${place.workspace.id}`,
      "members",
    ]) {
      const answer = await harness.platform.get(`/api/${path}`);
      expect([answer.status, problemIn(answer)?.["reason"]]).toEqual([
        403,
        "platform_sees_no_data",
      ]);
    }
  });

  it("makes workspaces only while the tenant has no member", async () => {
    const made = await harness.platform.post("/api/tenants", {
      name: "Without members",
      region: "eu-west-1",
    });
    const { tenant } = made.body as { tenant: { id: string } };
    const body = { name: "First", region: "eu-west-1", tenantId: tenant.id };
    expect((await harness.platform.post("/api/workspaces", body)).status).toBe(201);
    const late = await harness.platform.post("/api/workspaces", {
      name: "Late",
      region: "us-east-1",
      tenantId: place.tenant.id,
    });
    expect([late.status, problemIn(late)?.["reason"]]).toEqual([403, "tenant_has_members"]);
  });

  it("does nothing in its own reserved tenant, and must name another", async () => {
    const reserved = "00000000-0000-8001-8000-000000000000";
    expect((await harness.platform.get(`/api/tenants/${reserved}`)).status).toBe(404);
    expect((await harness.platform.post(`/api/tenants/${reserved}/invitations`)).status).toBe(404);
    const unnamed = await harness.platform.post("/api/workspaces", {
      name: "Mine",
      region: "us-east-1",
    });
    expect([unnamed.status, fieldsIn(unnamed)[0]]).toEqual([400, "tenantId"]);
  });
});
