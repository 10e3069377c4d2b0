import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import { type HostileProviders, startHostileProviders } from "../hostile-provider.ts";
import { type Caller, httpCaller } from "../http-caller.ts";
import { makeActor, makeHome } from "../world.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
let harness: Harness;
let providers: HostileProviders;

beforeAll(async () => {
  providers = await startHostileProviders();
  const { issuer, clientId } = providers.make({});
  const client = { issuer, clientId, clientSecret: "secret" };
  harness = await startHarness({
    identity: client,
    platform: {
      login: {
        ...client,
        name: "Corp",
        group: "admins",
        scopes: "openid groups",
        groupsClaim: "groups",
        allowInsecure: true,
      },
    },
    sessions: { idleMinutes: 30, absoluteHours: 8, platformHours: 4 },
  });
}, 120_000);
afterAll(async () => {
  await harness?.stop();
  await providers?.stop();
});

/** A tenant whose `admins` come in as operators. */
async function makeTenant() {
  const { tenant } = await makeHome(harness, harness.us);
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const db = await harness.cells.superuser(harness.us);
  await db.query(
    "insert into group_rules (tenant_id, id, group_name, role, created_by) values ($1, $2, 'admins', 'Operator', $3)",
    [tenant.id, freshId(tenant.cell), boss.person.id],
  );
  return tenant;
}

async function logIn(path: string) {
  const browser = openBrowser();
  const { setCookies } = await browser.open(`${harness.url}${path}`);
  const cookie = browser.cookies(harness.url);
  const maxAge = /__Host-aic_session=[^;]+; Max-Age=(\d+);/.exec(setCookies.join("\n"))?.[1];
  const id = cookie.split(".")[1] ?? "";
  return { maxAge, id, caller: httpCaller(harness.url, { cookie, origin: harness.url }) };
}

/** Seconds until each of a session's two ends, and none of them later than asked. */
async function left(id: string, cell = harness.us) {
  const db = await harness.cells.superuser(cell);
  const { rows } = await db.query<{ idle: number; absolute: number }>(
    `select extract(epoch from idle_expires_at - now())::int as idle,
        extract(epoch from absolute_expires_at - now())::int as absolute
      from sessions where id::text like $1`,
    [`%${id.slice(19)}`],
  );
  return rows;
}

async function limitsOf(caller: Caller) {
  return ((await caller.get("/api/sessions")).body as { limits: unknown }).limits;
}

/** Within the minute that a test may take, and not beyond. */
const about = (seconds: number) => ({
  asymmetricMatch: (value: number) => value <= seconds && value > seconds - MINUTE,
});

describe("the sessions of a deployment that says how long they last", () => {
  it("end as it says, the cookie with them, and the list of sessions says so", async () => {
    const { slug } = await makeTenant();
    const { maxAge, id, caller } = await logIn(`/auth/login?tenant=${slug}`);
    expect(maxAge).toBe(String(8 * HOUR));
    expect(await left(id)).toEqual([{ idle: about(30 * MINUTE), absolute: about(8 * HOUR) }]);
    expect(await limitsOf(caller)).toEqual({ idleMinutes: 30, absoluteMinutes: 480 });
  });

  it("live on by a use for as long as it says", async () => {
    const { slug } = await makeTenant();
    const { id, caller } = await logIn(`/auth/login?tenant=${slug}`);
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      `update sessions set last_seen_at = now() - interval '29 minutes',
        idle_expires_at = now() + interval '1 minute' where id = $1`,
      [id],
    );
    expect((await caller.get("/api/me")).status).toBe(200);
    await expect
      .poll(() => left(id), { timeout: 5_000 })
      .toEqual([{ idle: about(30 * MINUTE), absolute: about(8 * HOUR) }]);
  });

  it("of a platform administrator end as it says for them, and idle as everybody's", async () => {
    const { maxAge, id, caller } = await logIn("/auth/platform/login");
    expect(maxAge).toBe(String(4 * HOUR));
    expect(await left(id)).toEqual([{ idle: about(30 * MINUTE), absolute: about(4 * HOUR) }]);
    expect(await limitsOf(caller)).toEqual({ idleMinutes: 30, absoluteMinutes: 240 });
  });

  it("of a platform administrator reach a region that they come to late: idle is the session, not its copy", async () => {
    const { id, caller } = await logIn("/auth/platform/login");
    const whole = { idle: about(4 * HOUR), absolute: about(4 * HOUR) };
    expect(await left(id, harness.eu)).toEqual([whole]);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update sessions set idle_expires_at = now() where id = $1", [id]);
    expect((await caller.get("/api/tenants?region=eu-west-1")).status).toBe(401);
  });
});
