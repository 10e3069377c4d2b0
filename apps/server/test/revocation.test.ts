import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller } from "./http-caller.ts";
import { makePlace, type Place } from "./places.ts";
import { type Replica, startSecondServer } from "./second-server.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let second: Replica;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  second = await startSecondServer(harness);
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(async () => {
  await second.stop();
  await harness.stop();
});

async function sql(text: string, values: unknown[]): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  expect((await db.query(text, values)).rowCount).toBe(1);
}

const operator = (service = false) =>
  makeActor(harness, place.tenant, { role: "Operator", workspace: place.workspace, service });

/** Each way to take somebody's rights, and what they are told then. */
const WAYS: Readonly<
  Record<string, { take: (actor: Actor) => Promise<unknown>; status: number; service?: boolean }>
> = {
  "a role taken away over the API": {
    take: async ({ person }) => {
      const answer = await place.admin.delete(
        `/api/role-bindings/${person.principal.bindings[0]?.id}`,
      );
      expect(answer.status).toBe(200);
    },
    status: 404,
  },
  "a role taken away by SQL": {
    take: ({ person }) => sql("delete from role_bindings where user_id = $1", [person.id]),
    status: 404,
  },
  "a role that ends now": {
    take: ({ person }) =>
      sql("update role_bindings set expires_at = now() where user_id = $1", [person.id]),
    status: 403,
  },
  "a disabled user": {
    take: ({ person }) => sql("update users set state = 'disabled' where id = $1", [person.id]),
    status: 403,
  },
  "a session revoked by SQL": {
    take: ({ credentialId }) =>
      sql("update sessions set revoked_at = now() where id = $1", [credentialId]),
    status: 401,
  },
  "a session that was logged out": {
    take: async (actor) => expect((await actor.post("/auth/logout")).status).toBe(200),
    status: 401,
  },
  "a deleted session": {
    take: ({ credentialId }) => sql("delete from sessions where id = $1", [credentialId]),
    status: 401,
  },
  "a revoked API key": {
    take: ({ credentialId }) =>
      sql("update api_keys set revoked_at = now() where id = $1", [credentialId]),
    status: 401,
    service: true,
  },
  "an API key that ends now": {
    take: ({ credentialId }) =>
      sql("update api_keys set expires_at = now() where id = $1", [credentialId]),
    status: 401,
    service: true,
  },
};

describe.each(Object.entries(WAYS))("%s", (_, { take, status, service }) => {
  it("is of no use at the next request, on this server and on another that had it cached", async () => {
    const here = `/api/workflows/${place.workspace.id}`;
    for (let round = 0; round < 3; round += 1) {
      const actor = await operator(service);
      const there = httpCaller(second.url, actor.headers);
      for (const caller of [actor, there, there]) expect((await caller.get(here)).status).toBe(200);
      await take(actor);
      const answers = await Promise.all([
        there.get(here),
        there.query("workflow.list", { workspaceId: place.workspace.id }),
        actor.get(here),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    }
  });
});

describe("a role that was given", () => {
  it("is of use at the next request, on another server that had cached its absence", async () => {
    const actor = await makeActor(harness, place.tenant);
    const there = httpCaller(second.url, actor.headers);
    expect((await there.get(`/api/workspaces/${place.workspace.id}`)).status).toBe(404);
    await place.admin.post("/api/role-bindings", { memberId: actor.person.id, role: "Operator" });
    expect((await there.get(`/api/workspaces/${place.workspace.id}`)).status).toBe(200);
  });
});

describe("a change of rights while a mutation is under way", () => {
  it("either comes after it or stops it: never half", async () => {
    const actor = await operator();
    const there = httpCaller(second.url, actor.headers);
    await there.get("/api/me");
    await sql("delete from role_bindings where user_id = $1", [actor.person.id]);
    const run = {
      workflowId: place.workflowId,
      inputs: { ticket: "INC1000" },
      workspaceId: place.workspace.id,
    };
    expect((await there.post("/api/runs", run)).status).toBe(404);
  });
});

/** Uses are written together, every ten seconds. */
const NOTED = { timeout: 20_000, interval: 500 };

describe("use of a credential", () => {
  it("is noted, and lets a session live on", async () => {
    const actor = await operator();
    await sql("update sessions set last_seen_at = now() - interval '1 hour' where id = $1", [
      actor.credentialId,
    ]);
    expect((await actor.get("/api/me")).status).toBe(200);
    const db = await harness.cells.superuser(harness.us);
    await expect
      .poll(async () => {
        const { rows } = await db.query<{ live: boolean }>(
          `select last_seen_at > now() - interval '1 minute' and idle_expires_at > now() + interval '11 hours' as live
            from sessions where id = $1`,
          [actor.credentialId],
        );
        return rows[0]?.live;
      }, NOTED)
      .toBe(true);
    expect((await actor.get("/api/me")).status).toBe(200);
  });

  it("of a key is noted, too", async () => {
    const actor = await operator(true);
    expect((await actor.get("/api/me")).status).toBe(200);
    const db = await harness.cells.superuser(harness.us);
    await expect
      .poll(
        async () =>
          (
            await db.query("select from api_keys where id = $1 and last_used_at is not null", [
              actor.credentialId,
            ])
          ).rowCount,
        NOTED,
      )
      .toBe(1);
  });
});
