import type { Session } from "@aic-sos/contract/sessions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { type Caller, httpCaller } from "../../../test/http-caller.ts";
import { formsFound, wholeDatabase } from "../../../test/whole-database.ts";
import { expectProblem } from "../../../test/expect-problem.ts";
import { type Actor, makeActor, makeHome, makeSession } from "../../../test/world.ts";
import { type SessionDetail, sessionSealContext } from "./session-seal-context.ts";

let harness: Harness;
let ana: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const home = await makeHome(harness, harness.us);
  ana = await makeActor(harness, home.tenant, { role: "Operator", workspace: home.workspace });
});
afterAll(() => harness.stop());

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0";
const ADDRESS = "2001:db8::4711:beef";

function tenant() {
  const { tenantId, cell, region } = ana.person.principal;
  return { id: tenantId, cell, region, slug: "", name: "" };
}

async function another(): Promise<{ id: string; caller: Caller }> {
  const { id, headers } = await makeSession(harness, tenant(), ana.person);
  return { id, caller: httpCaller(harness.url, headers) };
}

/** As the login writes it. */
async function sealDetails(id: string): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  const key = await harness.keyringOf(1).forTenant(tenant().id);
  const seal = (field: SessionDetail, text: string) =>
    key.seal(Buffer.from(text), sessionSealContext(tenant().id, id, field));
  await db.query("update sessions set user_agent_sealed = $1, ip_sealed = $2 where id = $3", [
    seal("user_agent_sealed", FIREFOX),
    seal("ip_sealed", ADDRESS),
    id,
  ]);
}

async function sessionsOf(caller: Caller): Promise<Session[]> {
  const answer = await caller.get("/api/sessions?limit=100");
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as { items: Session[] }).items;
}

describe("one's own sessions", () => {
  it("show device and place to their owner; at rest both are sealed", async () => {
    const { id } = await another();
    await sealDetails(id);
    const found = (await sessionsOf(ana)).find((session) => session.id === id);
    expect(found).toMatchObject({
      current: false,
      device: "Firefox on Windows",
      address: ADDRESS,
    });
    const database = await wholeDatabase(harness.cells, harness.us);
    expect([ADDRESS, FIREFOX].flatMap((text) => formsFound(database, text))).toEqual([]);
  });

  it("say which one asks, and are nobody else's", async () => {
    const { id, caller } = await another();
    const current = (await sessionsOf(caller)).filter((session) => session.current);
    expect(current.map((session) => session.id)).toEqual([id]);
    const stranger = await makeActor(harness, tenant());
    expect((await sessionsOf(stranger)).map((session) => session.id)).toEqual([
      stranger.credentialId,
    ]);
    expect((await stranger.delete(`/api/sessions/${id}`)).status).toBe(404);
    expect((await caller.get("/api/me")).status).toBe(200);
  });

  it("are revoked one by one, effective at the next request", async () => {
    const { id, caller } = await another();
    expect((await caller.get("/api/me")).status).toBe(200);
    expect((await ana.delete(`/api/sessions/${id}`)).body).toEqual({ id });
    expect((await caller.get("/api/me")).status).toBe(401);
    expect((await ana.delete(`/api/sessions/${id}`)).status).toBe(404);
    const [event] = (
      await auditTrail(harness.cells, harness.us, { type: "session.revoked" })
    ).slice(-1);
    expect(event).toMatchObject({
      actor: { id: ana.person.id },
      resource: { type: "session", id },
    });
  });

  it("that ask with one idempotency key are two requests, and none lives on as ended", async () => {
    const { person } = await makeActor(harness, tenant());
    const begun = async () =>
      httpCaller(harness.url, (await makeSession(harness, tenant(), person)).headers);
    const withKey = (key: string) => ({ headers: { "idempotency-key": key } });
    for (const path of ["/api/session", "/api/sessions"]) {
      expect((await (await begun()).delete(path, withKey(path))).status).toBe(200);
      const other = await begun();
      const refused = await other.delete(path, withKey(path));
      expectProblem(refused, "idempotency_key_reused", "Idempotency-Key");
      expect((await other.delete(path, withKey(`${path}/other`))).status).toBe(200);
    }
  });

  it("are all revoked at once, but the one that asks", async () => {
    const others = [await another(), await another(), await another()];
    const answer = await ana.delete("/api/sessions");
    const { ids } = answer.body as { ids: string[] };
    expect(ids).toEqual(expect.arrayContaining(others.map(({ id }) => id)));
    for (const { caller } of others) expect((await caller.get("/api/me")).status).toBe(401);
    expect((await sessionsOf(ana)).map(({ id }) => id)).toEqual([ana.credentialId]);
  });

  it("live on while they are used, for twelve hours after the last use", async () => {
    const { id, caller } = await another();
    const db = await harness.cells.superuser(harness.us);
    await db.query("update sessions set last_seen_at = now() - interval '1 hour' where id = $1", [
      id,
    ]);
    expect((await caller.get("/api/me")).status).toBe(200);
    const left = async () => {
      const found = (await sessionsOf(ana)).find((session) => session.id === id);
      return (Date.parse(found?.idleEndsAt ?? "") - Date.now()) / 3_600_000;
    };
    await expect.poll(left, { timeout: 20_000, interval: 500 }).toBeGreaterThan(11.9);
    expect(await left()).toBeLessThanOrEqual(12);
  });

  it("that are about to end by idleness are kept at once by a use", async () => {
    const { id, caller } = await another();
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      `update sessions set last_seen_at = now() - interval '11 hours',
        idle_expires_at = now() + interval '30 seconds' where id = $1`,
      [id],
    );
    expect((await caller.get("/api/me")).status).toBe(200);
    const left = async () => {
      const found = (await sessionsOf(ana)).find((session) => session.id === id);
      return Date.parse(found?.idleEndsAt ?? "") - Date.now();
    };
    await expect.poll(left, { timeout: 3_000 }).toBeGreaterThan(60_000);
  });
});
