import type { Service } from "@aic-sos/contract/services";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { type Answer, type Caller, httpCaller } from "../../../test/http-caller.ts";
import { freshName, makePlace, type Place } from "../../../test/places.ts";
import { problemIn } from "../../../test/procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "../../../test/world.ts";

let harness: Harness;
let place: Place;
let neighbour: Place;
let boss: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const db = await harness.cells.superuser(harness.us);
  place = await makePlace(harness, tenant, workspace);
  neighbour = await makePlace(harness, tenant, await makeWorkspace(db, tenant));
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

const create = (by: Caller, body: object): Promise<Answer> =>
  by.post("/api/services", { name: freshName("bot"), roles: ["Operator"], ...body });

function made(answer: Answer): Service {
  expect(answer.status, answer.text).toBe(201);
  return answer.body as Service;
}

describe("a service", () => {
  it("is made with roles in the workspace, and listed with its keys", async () => {
    const { id, name } = made(await create(place.admin, { roles: ["Operator", "Operator"] }));
    await place.admin.post("/api/api-keys", { serviceId: id, name: "one" });
    const list = await place.admin.get("/api/services");
    const { items } = list.body as { items: Service[] };
    expect(items.find((item) => item.id === id)).toMatchObject({
      name,
      state: "active",
      liveKeys: 1,
      bindings: [{ role: "Operator", workspaceId: place.workspace.id }],
    });
    const types = (await auditTrail(harness.cells, harness.us, { class: "change" }))
      .filter((event) => event.resource?.id === id)
      .map(({ type }) => type);
    expect(types).toEqual(["service.created"]);
  });

  it("can never be an approver, not when it is made and not later", async () => {
    const refused = await create(place.admin, { roles: ["Approver"] });
    expect([refused.status, problemIn(refused)?.["code"]]).toEqual([400, "invalid_input"]);
    const { id } = made(await create(place.admin, {}));
    const grant = { memberId: id, role: "Approver", workspaceId: place.workspace.id };
    for (const by of [place.admin, boss]) {
      const answer = await by.post("/api/role-bindings", grant);
      expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
    }
  });

  it("can hold no toxic pair", async () => {
    const refused = await create(place.admin, { roles: ["Operator", "Auditor"] });
    expect([refused.status, problemIn(refused)?.["errors"]]).toMatchObject([
      409,
      [{ field: "roles" }],
    ]);
    const { id } = made(await create(place.admin, { roles: ["Auditor"] }));
    const grant = { memberId: id, role: "Operator" };
    expect((await place.admin.post("/api/role-bindings", grant)).status).toBe(409);
  });

  it("has a name of its own in the tenant, that nobody gets after it", async () => {
    const { id, name } = made(await create(place.admin, {}));
    await place.admin.post(`/api/services/${id}/disable`);
    const answer = await create(neighbour.admin, { name });
    expect([answer.status, problemIn(answer)?.["errors"]]).toMatchObject([
      409,
      [{ field: "name" }],
    ]);
    for (const bad of ["", "Bot", "-bot", "bot-", "a b", "b".repeat(64)]) {
      expect((await create(place.admin, { name: bad })).status).toBe(400);
    }
  });

  it("gets its roles where it lives, and nowhere else", async () => {
    const { id } = made(await create(place.admin, {}));
    const grant = (by: Caller, more: object) =>
      by.post("/api/role-bindings", { memberId: id, role: "IntegrationAdmin", ...more });
    const there = { workspaceId: neighbour.workspace.id };
    expect((await grant(neighbour.admin, {})).status).toBe(404);
    expect((await grant(boss, there)).status).toBe(404);
    expect((await grant(boss, { tenantWide: true })).status).toBe(409);
    expect((await grant(place.admin, {})).status).toBe(201);
  });

  it("is out at its next request once it is disabled, and back with the same keys once enabled", async () => {
    const { id } = made(await create(place.admin, {}));
    const key = await place.admin.post("/api/api-keys", { serviceId: id, name: "one" });
    const authorization = `Bearer ${(key.body as { key: string }).key}`;
    const caller = httpCaller(harness.url, { authorization });
    expect((await caller.get("/api/runs")).status).toBe(200);
    expect((await place.admin.post(`/api/services/${id}/disable`)).status).toBe(200);
    const refused = await caller.get("/api/runs");
    expect([refused.status, problemIn(refused)?.["reason"]]).toEqual([403, "principal_disabled"]);
    const body = { serviceId: id, name: "two" };
    expect((await place.admin.post("/api/api-keys", body)).status).toBe(409);
    await place.admin.post(`/api/services/${id}/enable`);
    expect((await caller.get("/api/runs")).status).toBe(200);
  });

  it("is no person: nobody disables, enables or removes it as a member", async () => {
    const { id } = made(await create(place.admin, {}));
    expect((await boss.post(`/api/members/${id}/disable`)).status).toBe(404);
    expect((await boss.post(`/api/members/${id}/enable`)).status).toBe(404);
    expect((await boss.delete(`/api/members/${id}`)).status).toBe(404);
  });

  it("of the whole tenant is made and disabled by those who administer all of it", async () => {
    const { id, bindings } = made(await create(boss, { tenantWide: true }));
    expect(bindings).toMatchObject([{ workspaceId: null }]);
    expect((await place.admin.post(`/api/services/${id}/disable`)).status).toBe(404);
    expect((await boss.post(`/api/services/${id}/disable`, { tenantWide: true })).status).toBe(200);
  });
});
