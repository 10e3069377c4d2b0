import { setTimeout as sleep } from "node:timers/promises";
import { DisabledPlatformKey } from "@aic-sos/contract/platform-key";
import { ROLES } from "@aic-sos/contract/roles";
import { platformTenantId } from "@aic-sos/contract/ids";
import { formatApiKey, formatPlatformKey, parsePlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { platformKeyId } from "../../src/platform-administrator.ts";
import { auditTrail } from "../audit-trail.ts";
import { openBrowser } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import { type HostileProviders, startHostileProviders } from "../hostile-provider.ts";
import { type Caller, httpCaller } from "../http-caller.ts";
import { freshName } from "../places.ts";
import { problemIn } from "../procedure-calls.ts";
import { type Replica, startReplica } from "../second-server.ts";
import { makeActor, makeHome } from "../world.ts";

const REGIONS = ["us-east-1", "eu-west-1"];
let harness: Harness;
let second: Replica;
let providers: HostileProviders;
/** Of the configuration that a server starts with. */
let configured: string;
let person: Caller;

beforeAll(async () => {
  providers = await startHostileProviders();
  const provider = providers.make();
  provider.wrongs = { claims: (right) => ({ ...right, groups: ["platform-admins"] }) };
  const { issuer, clientId } = provider;
  const login = { name: "Corp", issuer, clientId, clientSecret: "secret" };
  const claims = { group: "platform-admins", groupsClaim: "groups", scopes: "openid groups" };
  harness = await startHarness({
    platform: { login: { ...login, ...claims, allowInsecure: true } },
  });
  second = await startWith(harness.config.platformKey);
  const browser = openBrowser();
  await browser.open(`${harness.url}/auth/platform/login`);
  const cookie = browser.cookies(harness.url);
  person = httpCaller(harness.url, { cookie, origin: harness.url });
}, 120_000);
afterAll(async () => {
  await second?.stop();
  await harness?.stop();
  await providers?.stop();
});
/** Each begins as a deployment does whose operator has put a new key into the configuration. */
beforeEach(async () => {
  configured = formatPlatformKey(newSecret());
  await restart(configured);
}, 60_000);

function startWith(platformKey: string | undefined): Promise<Replica> {
  const { demoPeople: _d, version: _v, platformKey: _k, ...config } = harness.config;
  return startReplica({ ...config, ...(platformKey === undefined ? {} : { platformKey }) });
}

async function restart(platformKey: string | undefined): Promise<void> {
  await second.stop();
  second = await startWith(platformKey);
}

/** At both servers. */
function holding(key: string): readonly [Caller, Caller] {
  const headers = { authorization: `Bearer ${key}` };
  return [httpCaller(harness.url, headers), httpCaller(second.url, headers)];
}

/** What either server answers in each region. */
async function answersTo(key: string): Promise<number[]> {
  const calls = holding(key).flatMap((caller) =>
    REGIONS.map((region) => caller.get(`/api/tenants?region=${region}`)),
  );
  return (await Promise.all(calls)).map(({ status }) => status);
}

const EVERYWHERE = [200, 200, 200, 200];
const NOWHERE = [401, 401, 401, 401];

async function rotate(caller: Caller, overlapHours = 1): Promise<string> {
  const answer = await caller.post("/api/platform-key/rotate", { overlapHours });
  expect(answer.status, answer.text).toBe(201);
  return (answer.body as { key: string }).key;
}

async function stateOfKey(): Promise<unknown> {
  return (await person.get("/api/platform-key")).body;
}

describe("the platform key, rotated", () => {
  it("under load at two servers and in two regions fails no request with either key", async () => {
    let current = configured;
    let stopping = false;
    const answers: number[] = [];
    const load = Array.from({ length: 4 }, async (_, at) => {
      while (!stopping) {
        const caller = holding(current)[at % 2];
        for (let n = 0; n < 5; n += 1) {
          const read = await caller?.get(`/api/tenants?region=${REGIONS[n % 2]}`);
          answers.push(read?.status ?? 0);
        }
      }
    });
    for (let turn = 0; turn < 8; turn += 1) {
      current = await rotate(turn % 2 ? person : holding(current)[0]);
      await sleep(30);
    }
    stopping = true;
    await Promise.all(load);
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
  });

  it("without an overlap ends the old one at once on either server, and is on record in each region", async () => {
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
    const key = await rotate(person, 0);
    expect(await answersTo(configured)).toEqual(NOWHERE);
    expect(await answersTo(key)).toEqual(EVERYWHERE);
    for (const cell of [harness.us, harness.eu]) {
      const tenantId = platformTenantId(cell.code);
      const events = await auditTrail(harness.cells, cell, {
        type: "platform_key.rotated",
        tenantId,
      });
      expect(events.at(-1)?.actor).toMatchObject({ authentication: "platform_login" });
    }
  });

  it("ends the old one when its overlap does", async () => {
    await rotate(person);
    for (const cell of [harness.us, harness.eu]) {
      const db = await harness.cells.superuser(cell);
      await db.query("update api_keys set expires_at = now() where expires_at > now()");
    }
    expect(await answersTo(configured)).toEqual(NOWHERE);
  });

  it("stays rotated through a restart, with the old key still in the configuration", async () => {
    const key = await rotate(person, 0);
    await restart(configured);
    expect(await answersTo(configured)).toEqual(NOWHERE);
    expect(await answersTo(key)).toEqual(EVERYWHERE);
    await restart(key);
    expect(await answersTo(key)).toEqual(EVERYWHERE);
  });

  it("is begun anew by the next call when it ended between two regions", async () => {
    const us = await harness.cells.superuser(harness.us);
    await us.query("revoke insert on audit_inbox from aic_app");
    const failed = await person.post("/api/platform-key/rotate", { overlapHours: 0 });
    await us.query(
      "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_app",
    );
    expect(failed.status).toBe(503);
    expect((await holding(configured)[0].get("/api/tenants?region=us-east-1")).status).toBe(200);
    const key = await rotate(person, 1);
    expect(await answersTo(key)).toEqual(EVERYWHERE);
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
  });

  it("by two at once has one successor, and the old one goes on in every region as the one that won has said", async () => {
    const [us, eu] = [
      await harness.cells.superuser(harness.us),
      await harness.cells.superuser(harness.eu),
    ];
    const waiting = async () => {
      const { rows } = await eu.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'",
        [harness.us.database],
      );
      return rows[0]?.n;
    };
    // Both have done what comes before the first region decides.
    await us.query("begin; lock table api_keys in share mode");
    const first = person.post("/api/platform-key/rotate", { overlapHours: 24 });
    await expect.poll(waiting).toBeGreaterThanOrEqual(1);
    const other = person.post("/api/platform-key/rotate", { overlapHours: 1 });
    await expect.poll(waiting).toBeGreaterThanOrEqual(2);
    await us.query("commit");
    const answers = await Promise.all([first, other]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const won = answers.find(({ status }) => status === 201)?.body as {
      key: string;
      previousEndsAt: string;
    };
    expect(await answersTo(won.key)).toEqual(EVERYWHERE);
    for (const cell of [us, eu]) {
      const { rows } = await cell.query<{ expires_at: Date }>(
        "select expires_at from api_keys where rotated_to is not null order by created_at desc limit 1",
      );
      expect(rows[0]?.expires_at.toISOString()).toBe(won.previousEndsAt);
    }
  });

  it("names its successor to nobody again", async () => {
    const key = await rotate(person);
    const state = await person.get("/api/platform-key");
    expect(state.body).toMatchObject({ state: "active", loginConfigured: true });
    expect(state.text).not.toContain(key);
    const again = { headers: { "idempotency-key": freshName("key") } };
    await person.post("/api/platform-key/rotate", {}, again);
    expect((await person.post("/api/platform-key/rotate", {}, again)).status).toBe(409);
  });
});

describe("the platform key, switched off", () => {
  it("ends with every rotated one at once on either server; people go on, and it is on record in each region", async () => {
    const key = await rotate(person);
    expect([await answersTo(configured), await answersTo(key)]).toEqual([EVERYWHERE, EVERYWHERE]);
    const answer = await holding(key)[0].post("/api/platform-key/disable");
    expect(answer.status, answer.text).toBe(200);
    expect(DisabledPlatformKey.parse(answer.body)).toMatchObject({
      unreached: [],
      wayBack: expect.stringContaining("platformKey"),
    });
    expect([await answersTo(configured), await answersTo(key)]).toEqual([NOWHERE, NOWHERE]);
    for (const region of REGIONS) {
      const name = freshName("after");
      expect((await person.post("/api/tenants", { name, region })).status).toBe(201);
    }
    expect(await stateOfKey()).toMatchObject({ state: "off", since: null });
    for (const cell of [harness.us, harness.eu]) {
      const tenantId = platformTenantId(cell.code);
      const where = { type: "platform_key.disabled", tenantId } as const;
      const events = await auditTrail(harness.cells, cell, where);
      expect(events.at(-1)?.actor).toMatchObject({ authentication: "platform_key" });
    }
  });

  it("names the region that was away; it works nowhere, and the next call puts it on record there, too", async () => {
    const { database } = harness.eu;
    const us = await harness.cells.superuser(harness.us);
    await us.query(`alter database ${database} with allow_connections false`);
    await us.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'aic%'",
      [database],
    );
    const answer = await person.post("/api/platform-key/disable");
    await us.query(`alter database ${database} with allow_connections true`);
    expect([answer.status, answer.body]).toMatchObject([200, { unreached: ["eu-west-1"] }]);
    await expect.poll(() => answersTo(configured)).toEqual(NOWHERE);
    const { code } = harness.eu;
    const told = { type: "platform_key.disabled", tenantId: platformTenantId(code) } as const;
    const before = (await auditTrail(harness.cells, harness.eu, told)).length;
    const again = await person.post("/api/platform-key/disable");
    expect([again.status, again.body]).toMatchObject([200, { unreached: [] }]);
    expect(await auditTrail(harness.cells, harness.eu, told)).toHaveLength(before + 1);
  });

  it("stays off through a restart, whichever of its keys the configuration names, until it names a new one", async () => {
    const key = await rotate(person);
    expect((await person.post("/api/platform-key/disable")).status).toBe(200);
    expect((await person.post("/api/platform-key/rotate")).status).toBe(409);
    for (const named of [configured, key]) {
      await restart(named);
      expect(await answersTo(named)).toEqual(NOWHERE);
    }
    const fresh = formatPlatformKey(newSecret());
    await restart(fresh);
    expect(await answersTo(fresh)).toEqual(EVERYWHERE);
    expect(await answersTo(key)).toEqual(NOWHERE);
  });

  it("by the configuration, which names none, ends too, and is on record", async () => {
    await restart(undefined);
    expect(await answersTo(configured)).toEqual(NOWHERE);
    for (const cell of [harness.us, harness.eu]) {
      const events = await auditTrail(harness.cells, cell, { type: "platform_key.disabled" });
      expect(events.at(-1)?.actor).toMatchObject({ id: "system:start", kind: "system" });
    }
  });

  it("works nowhere even where a copy of it was left", async () => {
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
    await person.post("/api/platform-key/disable");
    const eu = await harness.cells.superuser(harness.eu);
    await eu.query("update api_keys set revoked_at = null, expires_at = null");
    expect(await answersTo(configured)).toEqual(NOWHERE);
    const secret = parsePlatformKey(configured)?.secret ?? "";
    const { code } = harness.eu;
    const named = { tenantId: platformTenantId(code), id: platformKeyId(code, secret), secret };
    expect(await answersTo(formatApiKey(named))).toEqual(NOWHERE);
  });
});

describe("the platform key", () => {
  it("cannot be switched off while nobody could log in instead", async () => {
    const { platform: _p, ...config } = harness.config;
    const { demoPeople: _d, version: _v, ...file } = config;
    const alone = await startReplica({ ...file, platformKey: configured, platform: {} });
    const caller = httpCaller(alone.url, { authorization: `Bearer ${configured}` });
    const answer = await caller.post("/api/platform-key/disable");
    await alone.stop();
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
    expect(answer.text).toContain("platform.login");
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
  });

  it("is neither seen nor changed by any role of a tenant, at either server", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    for (const role of ROLES) {
      const actor = await makeActor(harness, tenant, { role });
      for (const caller of [actor, httpCaller(second.url, actor.headers)]) {
        const answers = [
          await caller.get("/api/platform-key"),
          await caller.post("/api/platform-key/rotate"),
          await caller.post("/api/platform-key/disable"),
        ];
        expect([role, ...answers.map(({ status }) => status)]).toEqual([role, 403, 403, 403]);
      }
    }
    expect(await answersTo(configured)).toEqual(EVERYWHERE);
  });
});
