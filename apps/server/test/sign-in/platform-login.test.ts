import { platformTenantId } from "@aic-sos/contract/ids";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { openBrowser } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  type Json,
  seconds,
  signed,
  startHostileProviders,
} from "../hostile-provider.ts";
import { type Caller, httpCaller } from "../http-caller.ts";
import { freshName } from "../places.ts";
import { type Replica, startSecondServer } from "../second-server.ts";
import { makeActor, makeHome } from "../world.ts";

const GROUP = "platform-admins";
let harness: Harness;
let second: Replica;
let providers: HostileProviders;
let provider: HostileProvider;

beforeAll(async () => {
  providers = await startHostileProviders();
  provider = providers.make();
  const { issuer, clientId } = provider;
  const login = { name: "Corp", issuer, clientId, clientSecret: "secret", group: GROUP };
  harness = await startHarness({
    platform: {
      login: { ...login, scopes: "openid groups", groupsClaim: "groups", allowInsecure: true },
    },
  });
  second = await startSecondServer(harness);
}, 120_000);
afterAll(async () => {
  await second?.stop();
  await harness?.stop();
  await providers?.stop();
});
beforeEach(() => {
  as({ groups: [GROUP, "staff"] });
});

const as = (claims: Json) => {
  provider.wrongs = { claims: (right) => ({ ...right, ...claims }) };
};

async function logIn() {
  const browser = openBrowser();
  const page = await browser.open(`${harness.url}/auth/platform/login`);
  const cookie = browser.cookies(harness.url);
  return { page, cookie, caller: httpCaller(harness.url, { cookie, origin: harness.url }) };
}

async function createTenant(caller: Caller, region: string) {
  const slug = freshName("company");
  const answer = await caller.post("/api/tenants", { name: slug, region, slug });
  expect(answer.status, answer.text).toBe(201);
  return { slug, ...(answer.body as { tenant: { id: string }; invitation: { url: string } }) };
}

describe("a platform administrator who logs in by the provider of the configuration", () => {
  it("creates and lists tenants in every region, as a person of their own", async () => {
    const { page, caller } = await logIn();
    expect(page.url.pathname).toBe("/tenants");
    const cookie = page.setCookies.find((line) => line.startsWith("__Host-aic_session=")) ?? "";
    expect(cookie).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await caller.get("/api/me")).body).toMatchObject({
      principal: { kind: "platform", displayName: "Ada", authentication: "platform_login" },
      workspaces: [],
      tenantRoles: [],
    });
    for (const region of ["us-east-1", "eu-west-1"]) {
      const { tenant, slug } = await createTenant(caller, region);
      const list = await caller.get(`/api/tenants?region=${region}`);
      expect(list.body).toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({ id: tenant.id, slug, region, state: "active" }),
        ]),
      });
      const again = await caller.post(`/api/tenants/${tenant.id}/invitations`, {});
      expect(again.status, again.text).toBe(201);
      expect((await caller.get(`/api/tenants/${tenant.id}`)).status).toBe(200);
    }
    const me = (await caller.get("/api/me")).body as { principal: { id: string } };
    const created = await auditTrail(harness.cells, harness.us, { type: "tenant.created" });
    expect(created.at(-1)?.actor).toEqual({
      id: me.principal.id,
      kind: "platform",
      authentication: "platform_login",
    });
  });

  it("sees no tenant's data, by whatever address", async () => {
    const { caller } = await logIn();
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const keys = [
      "workflow.list",
      "run.list",
      "member.list",
      "audit.listEvents",
      "providerKey.list",
    ];
    for (const key of keys) {
      const named = await caller.query(key, { workspaceId: workspace.id });
      expect([named.status, key]).toEqual([403, key]);
      expect(named.text).not.toContain(tenant.slug);
    }
    expect((await caller.get("/api/identity-providers")).status).toBe(403);
  });

  it("is the same person at each login, and nobody twice", async () => {
    const ids = [];
    for (let round = 0; round < 2; round += 1) {
      const { caller } = await logIn();
      ids.push(((await caller.get("/api/me")).body as { principal: { id: string } }).principal.id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  it("who has left the group, or never was in it, gets no session, and that is on record", async () => {
    const before = await auditTrail(harness.cells, harness.us, { type: "security.login_refused" });
    for (const groups of [
      ["staff"],
      [],
      "platform-admins-not",
      undefined,
      [`${GROUP} `.repeat(2)],
    ]) {
      as({ groups });
      const { page, cookie } = await logIn();
      expect(page.url.search, String(groups)).toBe("?error=no_access");
      expect(cookie).not.toContain("__Host-aic_session");
    }
    const after = await auditTrail(harness.cells, harness.us, {
      type: "security.login_refused",
      tenantId: platformTenantId(harness.us.code),
    });
    expect(after.length - before.length).toBe(5);
  });

  it("who is a stranger to the provider's signature gets no session", async () => {
    provider.wrongs = { claims: (right) => ({ ...right, groups: [GROUP], aud: "another" }) };
    const { page, cookie } = await logIn();
    expect([page.url.search, cookie.includes("aic_session")]).toEqual([
      "?error=token_audience",
      false,
    ]);
  });

  it("who logs out is out in every region, at once and on every replica", async () => {
    const { caller, cookie } = await logIn();
    const there = httpCaller(second.url, { cookie, origin: harness.url });
    const places = ["us-east-1", "eu-west-1"].map((region) => `/api/tenants?region=${region}`);
    for (const path of places) expect((await there.get(path)).status).toBe(200);
    expect((await caller.post("/auth/logout")).status).toBe(200);
    for (const path of places) {
      expect([(await there.get(path)).status, (await caller.get(path)).status]).toEqual([401, 401]);
    }
    const db = await harness.cells.superuser(harness.eu);
    const tail = cookie.split(".")[1]?.slice(19);
    const { rows } = await db.query("select revoked_at from sessions where id::text like $1", [
      `%${tail}`,
    ]);
    expect(rows).toEqual([{ revoked_at: expect.any(Date) }]);
  });

  it("who is signed out by the provider is out in every region", async () => {
    as({ groups: [GROUP], sid: "platform-session" });
    const { caller } = await logIn();
    const { issuer, clientId } = provider;
    const token = signed({
      iss: issuer,
      aud: clientId,
      iat: seconds(),
      jti: freshName("jti"),
      sid: "platform-session",
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    const answer = await harness.anonymous.send(
      "POST",
      "/auth/platform/backchannel-logout",
      undefined,
      {
        raw: new URLSearchParams({ logout_token: token }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    );
    expect(answer.status).toBe(200);
    for (const region of ["us-east-1", "eu-west-1"]) {
      expect((await caller.get(`/api/tenants?region=${region}`)).status).toBe(401);
    }
  });

  it("whose session is taken to another cell by hand has none there", async () => {
    const { cookie } = await logIn();
    const moved = cookie.replaceAll("-8001-", "-8002-");
    expect((await httpCaller(harness.url, { cookie: moved }).get("/api/me")).status).toBe(401);
  });
});

describe("the two ways in", () => {
  it("do not mix: a tenant's login does not end at the platform's callback, nor the other way round", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    const db = await harness.cells.superuser(harness.us);
    const id = (await createTenant(harness.platform, "us-east-1")).tenant.id;
    await db.query(
      "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, 'aic-sos')",
      [tenant.id, id, provider.issuer],
    );
    const start = await fetch(`${harness.url}/auth/platform/login`, { redirect: "manual" });
    const cookie = start.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const there = await fetch(start.headers.get("location") ?? "", { redirect: "manual" });
    const back = new URL(there.headers.get("location") ?? "");
    const wrong = await fetch(`${harness.url}/auth/callback${back.search}`, {
      redirect: "manual",
      headers: { cookie },
    });
    expect(wrong.headers.get("location")).toBe("/login?error=tenant_unknown");
    expect(wrong.headers.getSetCookie().join()).not.toContain("aic_session");
  });

  it("are as the configuration says, and the login page is told", async () => {
    expect((await harness.anonymous.get("/auth/offers")).body).toMatchObject({
      platformLogin: "Corp",
    });
  });
});

describe("the list of tenants", () => {
  it("has pages, and nobody but the platform gets one", async () => {
    for (let made = 0; made < 3; made += 1) await createTenant(harness.platform, "eu-west-1");
    const seen: string[] = [];
    let cursor = "";
    do {
      const path = `/api/tenants?region=eu-west-1&limit=2${cursor && `&cursor=${cursor}`}`;
      const page = (await harness.platform.get(path)).body as {
        items: { id: string; slug: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted().toReversed());
    const db = await harness.cells.superuser(harness.eu);
    const { rows } = await db.query("select tenant_id from tenants where slug <> 'platform'");
    expect(seen).toHaveLength(rows.length);
    const { tenant } = await makeHome(harness, harness.us);
    const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    expect((await boss.get("/api/tenants")).status).toBe(403);
  });
});
