import type { TestCell } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { startHarness, type Harness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  seconds,
  signed,
  startHostileProviders,
} from "../hostile-provider.ts";
import {
  askAsDevice,
  bearer,
  letIn,
  newAttempt,
  poll,
  redeem,
  refresh,
  signInApp,
  type Tokens,
} from "../native-app.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let providers: HostileProviders;
let provider: HostileProvider;
let harness: Harness;

beforeAll(async () => {
  providers = await startHostileProviders();
  provider = providers.make();
  const { issuer, clientId } = provider;
  harness = await startHarness({
    identity: { issuer, clientId, clientSecret: "none" },
    allow: [providers.host],
  });
});
afterAll(async () => {
  await harness?.stop();
  await providers?.stop();
});

/** Somebody of a new tenant who came in by the deployment's provider, as that subject and in that session of it. */
async function signedIn(
  cell: TestCell,
  subject: string,
  sid: string,
): Promise<Actor & { slug: string }> {
  const { tenant } = await makeHome(harness, cell);
  const actor = await makeActor(harness, tenant, { role: "Operator" });
  const db = await harness.cells.superuser(cell);
  await db.query(
    "insert into identities (tenant_id, id, user_id, issuer, subject) values ($1, $2, $3, $4, $5)",
    [tenant.id, freshId(cell.code), actor.person.id, provider.issuer, subject],
  );
  await db.query("update sessions set issuer = $2, provider_session_id = $3 where id = $1", [
    actor.credentialId,
    provider.issuer,
    sid,
  ]);
  return { ...actor, slug: tenant.slug };
}

let count = 0;
const logoutToken = (of: { sub?: string; sid?: string }) =>
  signed({
    iss: provider.issuer,
    aud: provider.clientId,
    iat: seconds(),
    exp: seconds() + 120,
    jti: `jti-${(count += 1)}`,
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    ...of,
  });
const send = async (token: string) => {
  const { status } = await harness.anonymous.send("POST", "/auth/backchannel-logout", undefined, {
    raw: new URLSearchParams({ logout_token: token }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  return status;
};
const stateOf = async (person: Actor) => (await person.get("/api/me")).status;

/** Takes a region's database away from everybody, and gives it back. */
async function without(cell: TestCell, use: () => Promise<void>): Promise<void> {
  const db = await harness.cells.superuser(cell === harness.us ? harness.eu : harness.us);
  await db.query(`alter database ${cell.database} with allow_connections false`);
  await db.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'aic%'",
    [cell.database],
  );
  try {
    await use();
  } finally {
    await db.query(`alter database ${cell.database} with allow_connections true`);
  }
}

describe.each(["us", "eu"] as const)("a logout while the region %s is away", (away) => {
  it("ends the sessions of the others at once, and these when it comes again; then the token is used", async () => {
    const here = harness[away === "us" ? "eu" : "us"];
    const [there, near] = [
      await signedIn(harness[away], `ada-${away}`, "sid"),
      await signedIn(here, `ada-${away}`, "sid"),
    ];
    const token = logoutToken({ sub: `ada-${away}` });
    await without(harness[away], async () => {
      expect(await send(token)).toBe(503);
      expect(await stateOf(near)).toBe(401);
    });
    await expect.poll(() => stateOf(there)).toBe(200);
    expect(await send(token)).toBe(200);
    expect(await stateOf(there)).toBe(401);
    expect(await send(token)).toBe(400);
  });
});

describe("an app that was signed in from a session of the provider", () => {
  let ada: Actor & { slug: string };
  let sid: string;
  let subject: string;
  beforeEach(async () => {
    [sid, subject] = [`sid-${(count += 1)}`, `ada-${count}`];
    ada = await signedIn(harness.us, subject, sid);
  });

  const lives = async (tokens: Tokens) => [
    (await bearer(harness.url, tokens).get("/api/me")).status,
    (await refresh(harness.url, tokens.refresh_token)).status,
  ];

  it("ends with it, and is told", async () => {
    const tokens = await signInApp(harness, ada);
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(200);
    expect(await send(logoutToken({ sid }))).toBe(200);
    expect(await lives(tokens)).toEqual([401, 400]);
    const of = { tenantId: ada.person.tenantId, type: "app_session.ended_by_provider" } as const;
    expect(await auditTrail(harness.cells, harness.us, of)).toMatchObject([
      { class: "change", actor: { id: "system:backchannel-logout" } },
    ]);
  });

  it("ends also when our own session has ended before, and when the person is named", async () => {
    const [one, two] = [await signInApp(harness, ada), await signInApp(harness, ada)];
    expect((await ada.delete("/api/session")).status).toBe(200);
    expect(await lives(one)).toEqual([200, 200]);
    expect(await send(logoutToken({ sid: "another" }))).toBe(200);
    expect(await lives(two)).toEqual([200, 200]);
    const again = await signedIn(harness.us, `of-${subject}`, `of-${sid}`);
    const named = await signInApp(harness, again);
    expect(await send(logoutToken({ sid }))).toBe(200);
    expect(await lives(one)).toEqual([401, 400]);
    expect(await lives(named)).toEqual([200, 200]);
    expect(await send(logoutToken({ sub: `of-${subject}` }))).toBe(200);
    expect(await lives(named)).toEqual([401, 400]);
  });

  it("ends when a device was let in", async () => {
    const asked = await askAsDevice(harness.url, ada);
    const allow = { userCode: asked.user_code, allow: true };
    expect((await ada.post("/api/app-sessions/device", allow)).status).toBe(200);
    const tokens = (await poll(harness.url, asked.device_code)).body as Tokens;
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(200);
    expect(await send(logoutToken({ sid }))).toBe(200);
    expect(await lives(tokens)).toEqual([401, 400]);
  });

  it("cannot outrun it: whoever is fetching tokens while it comes has them for no longer", async () => {
    const attempt = newAttempt();
    const code = await letIn(ada, attempt);
    const [stop, watch] = [
      await harness.cells.superuser(harness.us),
      await harness.cells.superuser(harness.eu),
    ];
    // Here the app has passed every check, and only its row is not there yet.
    await stop.query("begin; lock table refresh_token_families in share mode");
    const fetching = redeem(harness.url, code, attempt);
    const waiting = async () => {
      const { rows } = await watch.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'",
        [harness.us.database],
      );
      return rows[0]?.n;
    };
    await expect.poll(waiting).toBe(1);
    let answered = false;
    const logout = send(logoutToken({ sid })).then((status) => {
      answered = true;
      return status;
    });
    await expect.poll(async () => answered || (await waiting()) === 2).toBe(true);
    await stop.query("commit");
    const tokens = (await fetching).body as Tokens;
    expect(await logout).toBe(200);
    expect(await lives(tokens)).toEqual([401, 400]);
  });
});
