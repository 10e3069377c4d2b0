import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Permission } from "@aic-sos/contract/permissions";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { type Answer, type Caller, httpCaller } from "../../../test/http-caller.ts";
import { freshName, makePlace, type Place } from "../../../test/places.ts";
import { problemIn } from "../../../test/procedure-calls.ts";
import { formsFound, wholeDatabase } from "../../../test/whole-database.ts";
import { type Actor, makeActor, makeHome, yaml } from "../../../test/world.ts";

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

const DAY_MS = 24 * 60 * 60 * 1000;

async function service(
  by: Caller,
  roles = ["Operator"],
  where: Record<string, unknown> = {},
): Promise<string> {
  const answer = await by.post("/api/services", { name: freshName("bot"), roles, ...where });
  expect(answer.status, answer.text).toBe(201);
  return (answer.body as { id: string }).id;
}

interface Made {
  readonly apiKey: ApiKey;
  readonly key: string;
  readonly caller: Caller;
}

function madeOf(answer: Answer): Made {
  expect(answer.status, answer.text).toBe(201);
  const { apiKey, key } = answer.body as { apiKey: ApiKey; key: string };
  return { apiKey, key, caller: httpCaller(harness.url, { authorization: `Bearer ${key}` }) };
}

function previousOf(answer: Answer | undefined): ApiKey {
  if (!answer) throw new Error("there is no answer");
  return (answer.body as { previous: ApiKey }).previous;
}

async function keyOf(
  by: Caller,
  serviceId: string,
  more: Record<string, unknown> = {},
): Promise<Made> {
  return madeOf(await by.post("/api/api-keys", { serviceId, name: "CI", ...more }));
}

const runs = () => `/api/runs?workspaceId=${place.workspace.id}`;

describe("an API key", () => {
  it("calls as its service, in its workspace, with its service's roles", async () => {
    const serviceId = await service(place.admin);
    const { caller, apiKey } = await keyOf(place.admin, serviceId);
    const me = await caller.get("/api/me");
    expect(me.body).toMatchObject({
      principal: { id: serviceId, kind: "service", authentication: "api_key" },
      workspaces: [{ id: place.workspace.id, roles: ["Operator"] }],
    });
    expect((await caller.get(runs())).status).toBe(200);
    expect((await caller.post("/api/workflows", { source: yaml(freshName("w")) })).status).toBe(
      201,
    );
    expect((await caller.get("/api/provider-keys")).status).toBe(403);
    expect((await caller.get(`/api/runs?workspaceId=${neighbour.workspace.id}`)).status).toBe(403);
    expect(apiKey).toMatchObject({ state: "active", workspaceId: place.workspace.id });
  });

  it("is shown once: no list, no repetition, no log line and no row of the database has it", async () => {
    const serviceId = await service(place.admin);
    const headers = { "idempotency-key": freshName("create") };
    const body = { serviceId, name: "once" };
    const first = await place.admin.post("/api/api-keys", body, { headers });
    const { key, apiKey } = madeOf(first);
    const again = await place.admin.post("/api/api-keys", body, { headers });
    expect([again.status, problemIn(again)?.["code"]]).toEqual([409, "answer_not_kept"]);
    expect(problemIn(again)?.["resourceId"]).toBe(apiKey.id);
    const rotated = await place.admin.post(`/api/api-keys/${apiKey.id}/rotate`, {});
    const list = await place.admin.get(`/api/api-keys?serviceId=${serviceId}&limit=100`);
    const database = await wholeDatabase(harness.cells, harness.us);
    for (const text of [key, madeOf(rotated).key]) {
      const secret = text.split("_")[3] ?? "";
      expect(secret).toHaveLength(43);
      for (const planted of [text, secret]) {
        expect(list.text).not.toContain(planted);
        expect(harness.log.join("\n")).not.toContain(planted);
        expect(formsFound(database, planted)).toEqual([]);
      }
    }
    // The search does find what is there.
    expect(formsFound(database, apiKey.prefix)).toEqual(["raw"]);
  });

  it("is recognised by how it begins, which is no part of its secret", async () => {
    const { key, apiKey } = await keyOf(place.admin, await service(place.admin));
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    expect(key.slice(apiKey.prefix.length).length).toBeGreaterThan(43 + 6);
  });

  it("ends after 90 days unless told, and after 366 at most", async () => {
    const serviceId = await service(place.admin);
    const { apiKey } = await keyOf(place.admin, serviceId);
    const end = Date.parse(apiKey.expiresAt ?? "");
    expect(Math.abs(end - Date.now() - 90 * DAY_MS)).toBeLessThan(60_000);
    for (const days of [-1, 367]) {
      const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
      const answer = await place.admin.post("/api/api-keys", { serviceId, name: "x", expiresAt });
      expect([answer.status, problemIn(answer)?.["errors"]]).toMatchObject([
        400,
        [{ field: "expiresAt" }],
      ]);
    }
  });

  it("shows when it was used, within seconds", async () => {
    const serviceId = await service(place.admin);
    const { caller, apiKey } = await keyOf(place.admin, serviceId);
    for (let n = 0; n < 5; n += 1) await caller.get(runs());
    const used = async () => {
      const list = await place.admin.get(`/api/api-keys?serviceId=${serviceId}`);
      const { items } = list.body as { items: ApiKey[] };
      return items.find(({ id }) => id === apiKey.id)?.lastUsedAt ?? null;
    };
    await expect.poll(used, { timeout: 20_000, interval: 500 }).not.toBeNull();
    expect(Math.abs(Date.parse((await used()) ?? "") - Date.now())).toBeLessThan(30_000);
  });

  it("is not used by who is refused because its service is disabled", {
    timeout: 20_000,
  }, async () => {
    const [off, on] = [await service(place.admin), await service(place.admin)];
    const [refused, taken] = [await keyOf(place.admin, off), await keyOf(place.admin, on)];
    await place.admin.post(`/api/services/${off}/disable`);
    expect((await refused.caller.get("/api/me")).status).not.toBe(200);
    expect((await taken.caller.get("/api/me")).status).toBe(200);
    const lastUse = async (serviceId: string) => {
      const list = await place.admin.get(`/api/api-keys?serviceId=${serviceId}`);
      return (list.body as { items: ApiKey[] }).items[0]?.lastUsedAt;
    };
    // Uses are written together: once the later one is there, the earlier one would be.
    await expect.poll(() => lastUse(on), { timeout: 15_000, interval: 500 }).not.toBeNull();
    expect(await lastUse(off)).toBeNull();
  });

  it("of one service cannot be made without end: the twenty-first waits", async () => {
    const serviceId = await service(boss, ["Operator"], { workspaceId: place.workspace.id });
    for (let n = 0; n < 20; n += 1) {
      await keyOf(boss, serviceId, { workspaceId: place.workspace.id });
    }
    const body = { serviceId, name: "more", workspaceId: place.workspace.id };
    const answer = await boss.post("/api/api-keys", body);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
  });
});

describe("a limited key", () => {
  it("can never do more than its list, whatever roles its service has", async () => {
    const serviceId = await service(place.admin, ["WorkspaceAdmin"]);
    const permissions: Permission[] = ["run:read"];
    const { caller, apiKey } = await keyOf(place.admin, serviceId, { permissions });
    expect(apiKey.permissions).toEqual(["run:read"]);
    expect((await caller.get(runs())).status).toBe(200);
    expect((await caller.get("/api/me")).status).toBe(200);
    for (const path of ["/api/workflows", "/api/services", "/api/members/invitations"]) {
      const answer = await caller.post(path, {
        name: "a",
        roles: ["Operator"],
        email: "a@example.test",
        role: "Operator",
        source: yaml("a"),
      });
      expect([path, answer.status, problemIn(answer)?.["reason"]]).toEqual([
        path,
        403,
        "credential_lacks_permission",
      ]);
    }
    const rotated = madeOf(await place.admin.post(`/api/api-keys/${apiKey.id}/rotate`, {}));
    expect(rotated.apiKey.permissions).toEqual(["run:read"]);
    expect((await rotated.caller.get("/api/workspaces")).status).toBe(403);
  });

  it.each([
    ["what gives rights", ["api_key:create"]],
    ["what approves", ["approval:decide"]],
    ["what no role of the service allows", ["provider_key:create"]],
    ["nothing", []],
    ["what does not exist", ["run:explode"]],
  ])("cannot name %s", async (_, permissions) => {
    const serviceId = await service(place.admin, ["Operator"]);
    const answer = await place.admin.post("/api/api-keys", { serviceId, name: "x", permissions });
    const errors = problemIn(answer)?.["errors"] as { field: string }[];
    expect([answer.status, errors[0]?.field.split(".")[0]]).toEqual([400, "permissions"]);
  });
});

describe("rotation", () => {
  it("lets both keys work for the overlap, and the old one names its end", async () => {
    const old = await keyOf(place.admin, await service(place.admin));
    const answer = await place.admin.post(`/api/api-keys/${old.apiKey.id}/rotate`, {
      overlapHours: 48,
    });
    const made = madeOf(answer);
    const { previous } = answer.body as { previous: ApiKey };
    expect(previous).toMatchObject({ state: "ending", rotatedTo: made.apiKey.id });
    const end = Date.parse(previous.expiresAt ?? "");
    expect(Math.abs(end - Date.now() - 2 * DAY_MS)).toBeLessThan(60_000);
    for (const { caller } of [old, made]) expect((await caller.get(runs())).status).toBe(200);
  });

  it("can be ended early by hand: then only the new key works", async () => {
    const old = await keyOf(place.admin, await service(place.admin));
    const made = madeOf(await place.admin.post(`/api/api-keys/${old.apiKey.id}/rotate`, {}));
    expect((await place.admin.delete(`/api/api-keys/${old.apiKey.id}`)).status).toBe(200);
    expect((await old.caller.get(runs())).status).toBe(401);
    expect((await made.caller.get(runs())).status).toBe(200);
  });

  it("without an overlap ends the old key at once", async () => {
    const old = await keyOf(place.admin, await service(place.admin));
    expect((await old.caller.get(runs())).status).toBe(200);
    const rotate = { overlapHours: 0 };
    const made = madeOf(await place.admin.post(`/api/api-keys/${old.apiKey.id}/rotate`, rotate));
    expect((await old.caller.get(runs())).status).toBe(401);
    expect((await made.caller.get(runs())).status).toBe(200);
  });

  it("never lengthens the old key's life, and happens once", async () => {
    const soon = new Date(Date.now() + 60 * 60 * 1000).toISOString();
    const old = await keyOf(place.admin, await service(place.admin), { expiresAt: soon });
    const path = `/api/api-keys/${old.apiKey.id}/rotate`;
    const both = await Promise.all([0, 1].map(() => place.admin.post(path, { overlapHours: 48 })));
    const done = both.filter(({ status }) => status === 201);
    expect([done.length, both.filter(({ status }) => status === 409).length]).toEqual([1, 1]);
    expect(previousOf(done[0]).expiresAt).toBe(soon);
  });

  it.each([-1, 49, 1.5, "24"])("refuses an overlap of %s hours", async (overlapHours) => {
    const answer = await place.admin.post(`/api/api-keys/${place.apiKeyId}/rotate`, {
      overlapHours,
    });
    expect([answer.status, problemIn(answer)?.["errors"]]).toMatchObject([
      400,
      [{ field: "overlapHours" }],
    ]);
  });

  it("under constant load fails no request, with the old key or the new one", async () => {
    let current = await keyOf(place.admin, await service(place.admin));
    let stopping = false;
    const answers: number[] = [];
    const load = [0, 1, 2, 3].map(async () => {
      while (!stopping) answers.push((await current.caller.get(runs())).status);
    });
    for (let turn = 0; turn < 10; turn += 1) {
      const path = `/api/api-keys/${current.apiKey.id}/rotate`;
      current = madeOf(await place.admin.post(path, { overlapHours: 1 }));
    }
    stopping = true;
    await Promise.all(load);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });
});

describe("an administrator of one workspace", () => {
  it("cannot make, rotate or revoke a key of a service that lives elsewhere", async () => {
    const elsewhere = await service(neighbour.admin);
    const theirs = await keyOf(neighbour.admin, elsewhere);
    const everywhere = await service(boss, ["Operator"], { tenantWide: true });
    const wide = await keyOf(boss, everywhere, { tenantWide: true });
    for (const [serviceId, made] of [
      [elsewhere, theirs],
      [everywhere, wide],
    ] as const) {
      const { id } = made.apiKey;
      const answers = [
        await place.admin.post("/api/api-keys", { serviceId, name: "mine" }),
        await place.admin.post(`/api/api-keys/${id}/rotate`, {}),
        await place.admin.delete(`/api/api-keys/${id}`),
        await place.admin.post(`/api/services/${serviceId}/disable`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect((await made.caller.get("/api/me")).status).toBe(200);
    }
  });

  it("cannot make a tenant-wide service or key", async () => {
    const body = { name: freshName("wide"), roles: ["Operator"], tenantWide: true };
    expect((await place.admin.post("/api/services", body)).status).toBe(403);
  });

  it("makes keys that are bound to the workspace, so they know of no other", async () => {
    const { caller } = await keyOf(place.admin, await service(place.admin, ["WorkspaceAdmin"]));
    const list = await caller.get("/api/workspaces");
    expect((list.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([
      place.workspace.id,
    ]);
    const created = await caller.post("/api/workspaces", {
      name: freshName("more"),
      region: place.tenant.region,
    });
    expect(created.status).toBe(403);
  });
});

describe("every change of a key", () => {
  it("is an event of its own, without the key in it", async () => {
    const { apiKey, key } = await keyOf(place.admin, await service(place.admin));
    const rotated = madeOf(await place.admin.post(`/api/api-keys/${apiKey.id}/rotate`, {}));
    await place.admin.delete(`/api/api-keys/${apiKey.id}`);
    const events = await auditTrail(harness.cells, harness.us, { class: "change" });
    const of = (id: string) =>
      events.filter((event) => event.resource?.id === id).map(({ type }) => type);
    expect(of(apiKey.id)).toEqual(["api_key.created", "api_key.rotated", "api_key.revoked"]);
    expect(of(rotated.apiKey.id)).toEqual(["api_key.created"]);
    expect(JSON.stringify(events)).not.toContain(key.split("_")[3]);
  });
});
