import { freshId } from "@aic-sos/testkit/make-id";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  elsewhere = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
});
afterAll(() => harness.stop());

const bindingOf = ({ person }: Actor) => person.principal.bindings[0]?.id;

describe("an administrator of one workspace", () => {
  it("cannot give a role to another workspace's auditor, nor silence its operator by making them one", async () => {
    const { tenant, workspace } = place;
    const admin = await makeActor(harness, tenant, {
      role: "WorkspaceAdmin",
      workspace: elsewhere,
    });
    for (const [held, given] of [
      ["Auditor", "Operator"],
      ["Operator", "Auditor"],
    ] as const) {
      const member = await makeActor(harness, tenant, { role: held, workspace });
      const body = { memberId: member.person.id, role: given, workspaceId: elsewhere.id };
      const answer = await admin.post("/api/role-bindings", body);
      expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
      expect(problemIn(answer)?.["errors"]).toMatchObject([{ field: "role" }]);
    }
  });
});

describe("the last administrator", () => {
  it("stays, also when two remove each other at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { tenant } = await makeHome(harness, harness.us);
      const two = await Promise.all([
        makeActor(harness, tenant, { role: "WorkspaceAdmin" }),
        makeActor(harness, tenant, { role: "WorkspaceAdmin" }),
      ]);
      const headers = { "x-workspace-id": "*" };
      const [one, other] = two;
      await Promise.all([
        one.delete(`/api/role-bindings/${bindingOf(other)}`, { headers }),
        other.delete(`/api/role-bindings/${bindingOf(one)}`, { headers }),
      ]);
      const db = await harness.cells.superuser(harness.us);
      const { rowCount } = await db.query("select from role_bindings where tenant_id = $1", [
        tenant.id,
      ]);
      expect(rowCount).toBe(1);
    }
  });

  it("stays when the other's role ends sooner", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    const last = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const brief = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "update role_bindings set expires_at = now() + interval '1 hour' where id = $1",
      [bindingOf(brief)],
    );
    const headers = { "x-workspace-id": "*" };
    const answer = await brief.delete(`/api/role-bindings/${bindingOf(last)}`, { headers });
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
    expect((await last.delete(`/api/role-bindings/${bindingOf(brief)}`, { headers })).status).toBe(
      200,
    );
  });
});

describe("a role that has ended", () => {
  it("shows no workspace any more, nor asks in which of two somebody acts who has one", async () => {
    const { tenant, workspace } = place;
    const member = await makeActor(harness, tenant, { role: "Operator", workspace });
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      `insert into role_bindings (tenant_id, id, user_id, role, expires_at)
        values ($1, $2, $3, 'Operator', now() - interval '1 hour')`,
      [tenant.id, freshId(harness.us.code), member.person.id],
    );
    const listed = await member.get("/api/workspaces");
    expect((listed.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([
      workspace.id,
    ]);
    const unnamed = await member.post("/api/workflows", { source: yaml(freshName("made")) });
    expect(unnamed.status, unnamed.text).toBe(201);
  });
});

describe("an idempotency key", () => {
  it("does not replay an answer into another workspace, named by a header", async () => {
    const admin = await makeActor(harness, place.tenant, { role: "WorkspaceAdmin" });
    const key = freshName("key");
    const source = yaml(freshName("made"));
    const inWorkspace = (id: string) =>
      admin.post(
        "/api/workflows",
        { source },
        { headers: { "idempotency-key": key, "x-workspace-id": id } },
      );
    expect((await inWorkspace(place.workspace.id)).status).toBe(201);
    const answer = await inWorkspace(elsewhere.id);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([422, "idempotency_key_reused"]);
  });
});
