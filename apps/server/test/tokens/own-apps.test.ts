import type { AppSession } from "@aic-sos/contract/app-sessions";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import type { Caller } from "../http-caller.ts";
import { bearer, claimsOf, refresh, signInApp, type Tokens } from "../native-app.ts";
import { type Replica, startSecondServer } from "../second-server.ts";
import { formsFound, wholeDatabase } from "../whole-database.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let second: Replica;
let tenant: TestTenant;
let workspace: TestWorkspace;

beforeAll(async () => {
  harness = await startHarness();
  second = await startSecondServer(harness);
  ({ tenant, workspace } = await makeHome(harness, harness.us));
});
afterAll(async () => {
  await second.stop();
  await harness.stop();
});

const operator = () => makeActor(harness, tenant, { role: "Operator", workspace });

async function appsOf(caller: Caller): Promise<AppSession[]> {
  const answer = await caller.get("/api/app-sessions?limit=100");
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as { items: AppSession[] }).items;
}

const idOf = (tokens: Tokens) => claimsOf(tokens)["sid"] as string;

/** Both servers have seen the token, and so have it in their caches. */
async function warm(tokens: Tokens): Promise<readonly Caller[]> {
  const callers = [bearer(harness.url, tokens), bearer(second.url, tokens)];
  for (const caller of callers) expect((await caller.get("/api/me")).status).toBe(200);
  return callers;
}

async function allOut(callers: readonly Caller[]): Promise<void> {
  for (const caller of callers) expect((await caller.get("/api/me")).status).toBe(401);
}

describe("one's own apps", () => {
  it("are listed with what they may, where they were let in, and which one asks", async () => {
    const ana = await operator();
    const one = await signInApp(harness, ana);
    const two = await signInApp(harness, ana, { workspaceId: workspace.id });
    expect(await appsOf(ana)).toMatchObject([
      { id: idOf(two), app: "AIC-SOS command line", workspaceId: workspace.id, current: false },
      { id: idOf(one), app: "AIC-SOS command line", workspaceId: null, current: false },
    ]);
    const seen = await appsOf(bearer(harness.url, one));
    expect(seen.filter(({ current }) => current).map(({ id }) => id)).toEqual([idOf(one)]);
    const stranger = await operator();
    expect(await appsOf(stranger)).toEqual([]);
    expect((await stranger.delete(`/api/app-sessions/${idOf(one)}`)).status).toBe(404);
    expect((await bearer(harness.url, one).get("/api/me")).status).toBe(200);
  });

  it("are signed out one by one, effective at the next request on every server", async () => {
    const ana = await operator();
    const [one, two] = [await signInApp(harness, ana), await signInApp(harness, ana)];
    const callers = await warm(one);
    expect((await ana.delete(`/api/app-sessions/${idOf(one)}`)).body).toEqual({ id: idOf(one) });
    await allOut(callers);
    expect((await refresh(harness.url, one.refresh_token)).status).toBe(400);
    expect((await bearer(harness.url, two).get("/api/me")).status).toBe(200);
    expect((await ana.delete(`/api/app-sessions/${idOf(one)}`)).status).toBe(404);
    const [event] = (
      await auditTrail(harness.cells, harness.us, { type: "app_session.revoked" })
    ).slice(-1);
    expect(event).toMatchObject({
      actor: { id: ana.person.id, authentication: "session" },
      resource: { type: "app_session", id: idOf(one) },
    });
  });

  it("are all signed out at once, and the browser stays", async () => {
    const ana = await operator();
    const all = [await signInApp(harness, ana), await signInApp(harness, ana)];
    const callers = (await Promise.all(all.map(warm))).flat();
    const answer = await ana.delete("/api/app-sessions");
    expect((answer.body as { ids: string[] }).ids.toSorted()).toEqual(all.map(idOf).toSorted());
    await allOut(callers);
    expect(await appsOf(ana)).toEqual([]);
  });

  it("end with a family that is revoked or deleted by SQL, and when the person is removed", async () => {
    const db = await harness.cells.superuser(harness.us);
    for (const statement of [
      "update refresh_token_families set revoked_at = now() where id = $1",
      "delete from refresh_token_families where id = $1",
    ]) {
      const tokens = await signInApp(harness, await operator());
      const callers = await warm(tokens);
      await db.query(statement, [idOf(tokens)]);
      await allOut(callers);
    }
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const bob = await operator();
    const callers = await warm(await signInApp(harness, bob));
    expect((await admin.delete(`/api/members/${bob.person.id}`)).status).toBe(200);
    await allOut(callers);
  });

  it("are not named in the database: the device is sealed", async () => {
    const agent = "Mozilla/5.0 (X11; CrOS x86_64) Gecko/20100101 Firefox/140.0";
    const ana = await operator();
    const browser: Actor = {
      ...ana,
      post: (path, body, sent) =>
        ana.post(path, body, { ...sent, headers: { "user-agent": agent } }),
    };
    await signInApp(harness, browser);
    expect(await appsOf(ana)).toMatchObject([{ device: "Firefox on ChromeOS" }]);
    const database = await wholeDatabase(harness.cells, harness.us);
    expect(formsFound(database, "Firefox on ChromeOS")).toEqual([]);
  });

  it("show when they were used last", async () => {
    const ana = await operator();
    const tokens = await signInApp(harness, ana);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update refresh_token_families set last_used_at = null where id = $1", [
      idOf(tokens),
    ]);
    await warm(tokens);
    await expect
      .poll(async () => (await appsOf(ana))[0]?.lastUsedAt, { timeout: 20_000, interval: 500 })
      .not.toBeNull();
  });
});
