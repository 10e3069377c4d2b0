import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let place: Place;
let operator: Actor;
let auditor: Actor;
let otherWorkspaceId: string;
/** Audits another workspace. */
let elsewhere: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  operator = await makeActor(harness, tenant, { role: "Operator", workspace });
  auditor = await makeActor(harness, tenant, { role: "Auditor", workspace });
  const other = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
  otherWorkspaceId = other.id;
  elsewhere = await makeActor(harness, tenant, { role: "Auditor", workspace: other });
});
afterAll(() => harness.stop());

/** A denied request of the operator; its decision's id. */
async function denial(): Promise<string> {
  const answer = await operator.post("/api/provider-keys", inputFor("providerKey.create", place));
  expect(answer.status).toBe(403);
  return String(problemIn(answer)?.["decisionId"]);
}

function explanationIn(answer: Answer): Readonly<Record<string, unknown>> {
  const { explanation, ...rest } = answer.body as { explanation: Record<string, unknown> };
  return { ...rest, ...explanation };
}

describe("a denial", () => {
  it("is explained right after it: the rule, one's roles, and which role would have granted it", async () => {
    const decisionId = await denial();
    const answer = await operator.get(`/api/decisions/${decisionId}`);
    expect(answer.status, answer.text).toBe(200);
    expect(explanationIn(answer)).toMatchObject({
      decisionId,
      procedure: "providerKey.create",
      permission: "provider_key:create",
      means: "store a provider key",
      workspaceId: place.workspace.id,
      outcome: "deny",
      reason: "role_lacks_permission",
      rule: "role_lacks_permission",
      bindings: [{ role: "Operator", verdict: "role_lacks_permission" }],
      wouldGrant: {
        inWorkspace: ["WorkspaceAdmin", "IntegrationAdmin"],
        tenantWide: ["WorkspaceAdmin", "IntegrationAdmin"],
      },
      sentence: "None of the principal's roles here allows it.",
    });
  });

  it("keeps its reasons when roles have changed since", async () => {
    const decisionId = await denial();
    const grant = { memberId: operator.person.id, role: "IntegrationAdmin" };
    const given = await place.admin.post("/api/role-bindings", grant);
    expect(given.status).toBe(201);
    const explanation = explanationIn(await operator.get(`/api/decisions/${decisionId}`));
    expect(explanation["bindings"]).toMatchObject([{ role: "Operator" }]);
    const { id } = given.body as { id: string };
    expect((await place.admin.delete(`/api/role-bindings/${id}`)).status).toBe(200);
  });

  it("of somebody else is explained to who audits that workspace, to nobody else, and that is in the log", async () => {
    const decisionId = await denial();
    expect((await auditor.get(`/api/decisions/${decisionId}`)).status).toBe(200);
    const integrator = await makeActor(harness, place.tenant, {
      role: "IntegrationAdmin",
      workspace: place.workspace,
    });
    for (const stranger of [elsewhere, integrator]) {
      const answer = await stranger.get(`/api/decisions/${decisionId}`);
      expect(answer.status).toBe(404);
      const requestId = answer.headers.get("x-request-id");
      const events = await auditTrail(harness.cells, harness.us, { requestId });
      expect(events.map(({ permission, outcome }) => [permission, outcome])).toEqual([
        ["authz:explain", "allow"],
        ["audit_event:read", "deny"],
      ]);
    }
  });

  it("tells who audits one workspace nothing of roles in another", async () => {
    const grant = { memberId: operator.person.id, role: "IntegrationAdmin" };
    const boss = await makeActor(harness, place.tenant, { role: "WorkspaceAdmin" });
    const there = await boss.post("/api/role-bindings", {
      ...grant,
      workspaceId: otherWorkspaceId,
    });
    expect(there.status, there.text).toBe(201);
    const decisionId = await denial();
    const told = await auditor.get(`/api/decisions/${decisionId}`);
    expect(explanationIn(told)["bindings"]).toMatchObject([{ role: "Operator" }]);
    const events = await auditTrail(harness.cells, harness.us, { decisionId });
    expect(events.map(({ type }) => type)).toEqual(["decision.denied"]);
    expect(JSON.stringify(events)).not.toContain(otherWorkspaceId);
    const { id } = there.body as { id: string };
    const gone = await boss.delete(`/api/role-bindings/${id}?workspaceId=${otherWorkspaceId}`);
    expect(gone.status).toBe(200);
  });

  it("of another tenant does not exist", async () => {
    const decisionId = await denial();
    const { tenant } = await makeHome(harness, harness.us);
    const stranger = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const missing = decisionId.replace(/.{4}$/, "0000");
    const [one, other] = [
      await stranger.get(`/api/decisions/${decisionId}`),
      await stranger.get(`/api/decisions/${missing}`),
    ];
    expect([one.status, problemIn(one)?.["detail"]]).toEqual([404, problemIn(other)?.["detail"]]);
  });
});

describe("an allowed decision", () => {
  it("names the role that did it, or that everybody may", async () => {
    const made = await operator.post("/api/workflows/check", inputFor("workflow.check", place));
    const requestId = made.headers.get("x-request-id");
    const [decision] = await auditTrail(harness.cells, harness.us, { requestId });
    const answer = await operator.get(`/api/decisions/${decision?.id}`);
    expect(explanationIn(answer)).toMatchObject({
      outcome: "allow",
      rule: "role_binding",
      bindings: [{ role: "Operator", workspaceId: place.workspace.id, verdict: "allows" }],
    });
    const own = await operator.get(`/api/decisions/${(await lastOwn(answer)) ?? ""}`);
    expect(explanationIn(own)).toMatchObject({ rule: "everyone_for_oneself", bindings: [] });
  });

  async function lastOwn(answer: Answer): Promise<string | undefined> {
    const requestId = answer.headers.get("x-request-id");
    return (await auditTrail(harness.cells, harness.us, { requestId }))[0]?.id;
  }
});

describe("a question that nobody has asked", () => {
  const ask = (actor: Actor, body: object) => actor.post("/api/authz/explain", body);

  it("is answered as the request itself would be, about oneself", async () => {
    const workspaceId = place.workspace.id;
    const yes = await ask(operator, { permission: "run:create", workspaceId });
    expect(explanationIn(yes)).toMatchObject({ outcome: "allow", rule: "role_binding" });
    const no = await ask(operator, { permission: "run:delete", workspaceId });
    expect(explanationIn(no)).toMatchObject({
      outcome: "deny",
      wouldGrant: { inWorkspace: ["WorkspaceAdmin"] },
    });
    const unnamed = await ask(operator, { permission: "run:create" });
    expect(explanationIn(unnamed)).toMatchObject({ rule: "workspace_required" });
    const foreign = await ask(operator, {
      permission: "run:create",
      workspaceId: otherWorkspaceId,
    });
    expect(explanationIn(foreign)).toMatchObject({ rule: "no_binding" });
  });

  it("says that nothing helps who audits", async () => {
    const workspaceId = place.workspace.id;
    const answer = await ask(auditor, { permission: "run:create", workspaceId });
    expect(explanationIn(answer)).toMatchObject({
      rule: "auditor_never_mutates",
      wouldGrant: { inWorkspace: [], tenantWide: [] },
    });
  });

  it("about somebody else is answered to who audits there, with what they may see", async () => {
    const workspaceId = place.workspace.id;
    const about = { permission: "run:create", workspaceId, principalId: operator.person.id };
    expect(explanationIn(await ask(auditor, about))).toMatchObject({ outcome: "allow" });
    for (const stranger of [elsewhere, operator]) {
      const other = { ...about, principalId: place.admin.person.id };
      expect((await ask(stranger, other)).status).toBe(404);
    }
    const nobody = { ...about, principalId: place.workflowId };
    expect((await ask(auditor, nobody)).status).toBe(404);
    // Whoever has no role here is nobody here.
    const elsewheres = { ...about, principalId: elsewhere.person.id };
    expect((await ask(auditor, elsewheres)).status).toBe(404);
  });

  it("with a limited key is answered for that key", async () => {
    const { serviceId, workspace } = place;
    const key = { serviceId, name: "limited", permissions: ["workflow:read"] };
    const made = await place.admin.post("/api/api-keys", key);
    expect(made.status, made.text).toBe(201);
    const headers = { authorization: `Bearer ${(made.body as { key: string }).key}` };
    const answer = await harness.anonymous.post(
      "/api/authz/explain",
      { permission: "run:create", workspaceId: workspace.id },
      { headers },
    );
    expect(explanationIn(answer)).toMatchObject({ rule: "credential_lacks_permission" });
  });

  it("of several permissions is answered one by one", async () => {
    const answer = await operator.post("/api/authz/can", {
      workspaceId: place.workspace.id,
      permissions: ["run:create", "run:delete", "self:read", "tenant:create"],
    });
    expect(answer.body).toEqual({
      answers: [
        { permission: "run:create", allowed: true },
        { permission: "run:delete", allowed: false },
        { permission: "self:read", allowed: true },
        { permission: "tenant:create", allowed: false },
      ],
    });
  });
});
