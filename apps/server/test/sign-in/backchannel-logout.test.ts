import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LOGOUTS_PER_ADDRESS } from "../../src/login-limits.ts";
import { auditTrail } from "../audit-trail.ts";
import { type Browser, formOf, openBrowser } from "../browser.ts";
import { startHarness, type Harness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  seconds,
  signed,
  startHostileProviders,
} from "../hostile-provider.ts";
import { httpCaller } from "../http-caller.ts";
import { freshName } from "../places.ts";
import { type Stage, startStage } from "../sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };

describe("a logout at the development provider", () => {
  const ana = { name: "Ana", email: "ana@corp.test", groups: [] };
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
    await stage.standard.setPeople([ana]);
  }, 120_000);
  afterAll(() => stage?.stop());

  /** Signs Ana in to a new tenant of hers, in that browser. */
  async function company(browser: Browser, region: string): Promise<string> {
    const slug = freshName("company");
    const made = await stage.harness.platform.post("/api/tenants", { name: slug, region, slug });
    const { invitation } = made.body as { invitation: { url: string } };
    let page = await browser.open(invitation.url);
    if (page.url.searchParams.get("confirm") === "invitation") {
      const { html } = await browser.open(invitation.url, {});
      page = await browser.open((JSON.parse(html) as { location: string }).location);
    }
    if (page.html.includes('name="password"')) {
      const { action } = formOf(page);
      page = await browser.open(action, { email: ana.email, password: stage.password });
    }
    return browser.cookies(stage.harness.url);
  }

  const me = async (cookie: string) =>
    (await httpCaller(stage.harness.url, { cookie }).get("/api/me")).status;

  it("ends every session that was begun by it, in whichever tenant and region, and no other", async () => {
    const [browser, another] = [openBrowser(), openBrowser()];
    const us = await company(browser, "us-east-1");
    const eu = await company(browser, "eu-west-1");
    const elsewhere = await company(another, "us-east-1");
    expect([await me(us), await me(eu), await me(elsewhere)]).toEqual([200, 200, 200]);
    const caller = httpCaller(stage.harness.url, { cookie: eu, origin: stage.harness.url });
    const { redirectTo } = (await caller.delete("/api/session")).body as { redirectTo: string };
    expect([await me(us), await me(eu)]).toEqual([200, 401]);
    const { action, fields } = formOf(await browser.open(redirectTo));
    await browser.open(action, { ...fields, logout: "yes" });
    expect([await me(us), await me(eu), await me(elsewhere)]).toEqual([401, 401, 200]);
    const events = await auditTrail(stage.harness.cells, stage.harness.us, {
      type: "session.ended_by_provider",
    });
    expect(events).toMatchObject([
      { class: "change", actor: { id: "system:backchannel-logout", kind: "system" } },
    ]);
  });
});

describe("a logout token of a tenant's own provider", () => {
  let harness: Harness;
  let providers: HostileProviders;
  let provider: HostileProvider;
  let path: string;
  let ada: Actor;
  let adasOther: Actor;
  let bob: Actor;
  let home: Awaited<ReturnType<typeof makeHome>>;

  beforeAll(async () => {
    providers = await startHostileProviders();
    harness = await startHarness({ allow: [providers.host] });
  });
  afterAll(async () => {
    await harness?.stop();
    await providers?.stop();
  });

  beforeEach(async () => {
    home = await makeHome(harness, harness.us);
    provider = providers.make();
    const db = await harness.cells.superuser(harness.us);
    const id = freshId(harness.us.code);
    await db.query(
      "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, $4)",
      [home.tenant.id, id, provider.issuer, provider.clientId],
    );
    path = `/auth/backchannel-logout/${home.tenant.id}/${id}`;
    [ada, adasOther, bob] = [
      await signedIn("ada", "sid-a"),
      await signedIn("eve", "sid-b"),
      await signedIn("bob", "sid-c"),
    ];
    await db.query("update sessions set user_id = $2 where id = $1", [
      adasOther.credentialId,
      ada.person.id,
    ]);
  });

  /** Somebody who came in by the provider, as its subject and in its session. */
  async function signedIn(subject: string, sid: string): Promise<Actor> {
    const actor = await makeActor(harness, home.tenant, { role: "Operator" });
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "insert into identities (tenant_id, id, user_id, issuer, subject) values ($1, $2, $3, $4, $5)",
      [home.tenant.id, freshId(harness.us.code), actor.person.id, provider.issuer, subject],
    );
    await db.query("update sessions set issuer = $2, provider_session_id = $3 where id = $1", [
      actor.credentialId,
      provider.issuer,
      sid,
    ]);
    return actor;
  }

  let count = 0;
  const right = () => ({
    iss: provider.issuer,
    aud: provider.clientId,
    iat: seconds(),
    exp: seconds() + 120,
    jti: `jti-${(count += 1)}`,
    events: EVENTS,
    sid: "sid-a",
  });
  const send = (token: string, to = path) =>
    harness.anonymous.send("POST", to, undefined, {
      raw: new URLSearchParams({ logout_token: token }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  const alive = async () =>
    (await Promise.all([ada, adasOther, bob].map((each) => each.get("/api/me")))).map(
      ({ status }) => status,
    );

  it("ends the one session that it names, at its next request", async () => {
    expect(await alive()).toEqual([200, 200, 200]);
    const answer = await send(signed(right(), { typ: "logout+jwt" }));
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await alive()).toEqual([401, 200, 200]);
    const of = { tenantId: home.tenant.id, type: "session.ended_by_provider" } as const;
    expect(await auditTrail(harness.cells, harness.us, of)).toMatchObject([
      { resource: { type: "session", id: ada.credentialId } },
    ]);
  });

  it("that names a person ends all sessions of theirs by that provider", async () => {
    const { sid: _sid, ...claims } = right();
    expect((await send(signed({ ...claims, sub: "ada" }))).status).toBe(200);
    expect(await alive()).toEqual([401, 401, 200]);
  });

  it("that names a session and another person ends nothing", async () => {
    expect((await send(signed({ ...right(), sub: "bob" }))).status).toBe(200);
    expect((await send(signed({ ...right(), sid: "unknown" }))).status).toBe(200);
    expect(await alive()).toEqual([200, 200, 200]);
  });

  it("counts once: who replays it signs nobody out again", async () => {
    const token = signed({ ...right(), sid: "sid-z" });
    expect((await send(token)).status).toBe(200);
    const again = await send(token);
    expect([again.status, again.body]).toEqual([400, { error: "invalid_request" }]);
  });

  it("still counts when the provider is switched off, since its sessions go on", async () => {
    const db = await harness.cells.superuser(harness.us);
    await db.query("update identity_providers set state = 'disabled' where tenant_id = $1", [
      home.tenant.id,
    ]);
    expect((await send(signed(right()))).status).toBe(200);
    expect(await alive()).toEqual([401, 200, 200]);
  });

  it.each([
    ["of another issuer", () => signed({ ...right(), iss: "https://evil.example" })],
    ["for another client", () => signed({ ...right(), aud: "another" })],
    ["with a nonce", () => signed({ ...right(), nonce: "n" })],
    ["without the event", () => signed({ ...right(), events: {} })],
    ["by an unknown key", () => signed(right(), { kid: "other" })],
    ["from long ago", () => signed({ ...right(), iat: seconds() - 3600, exp: seconds() + 60 })],
    ["that is none", () => "x.y.z"],
    ["that is missing", () => ""],
  ])("%s is refused, counted, and ends nothing", async (_, make) => {
    const answer = await send(make());
    expect([answer.status, answer.body]).toEqual([400, { error: "invalid_request" }]);
    expect(await alive()).toEqual([200, 200, 200]);
    await vi.waitFor(async () => {
      const events = await auditTrail(harness.cells, harness.us, {
        type: "security.unauthenticated",
      });
      expect(events.length).toBeGreaterThan(0);
    }, 20_000);
  });

  it("reaches no other tenant, by whatever address it comes", async () => {
    const other = await makeHome(harness, harness.us);
    const stranger = providers.make();
    const db = await harness.cells.superuser(harness.us);
    const id = freshId(harness.us.code);
    await db.query(
      "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, $4)",
      [other.tenant.id, id, stranger.issuer, stranger.clientId],
    );
    const theirs = signed({ ...right(), iss: stranger.issuer });
    const places = [
      [theirs, path],
      [signed(right()), `/auth/backchannel-logout/${other.tenant.id}/${id}`],
      [signed(right()), `/auth/backchannel-logout/${home.tenant.id}/${id}`],
      [signed(right()), "/auth/backchannel-logout/x/y"],
      [signed(right()), `/auth/backchannel-logout/${freshId(9)}/${freshId(9)}`],
    ] as const;
    for (const [token, to] of places) expect((await send(token, to)).status, to).toBe(400);
    const accepted = await send(theirs, `/auth/backchannel-logout/${other.tenant.id}/${id}`);
    expect(accepted.status).toBe(200);
    expect(await alive()).toEqual([200, 200, 200]);
  });

  it("is answered 503 while the provider's keys cannot be had, so that it comes again", async () => {
    provider.wrongs = { jwks: (response) => void response.writeHead(503).end() };
    const claims = right();
    expect((await send(signed(claims))).status).toBe(503);
    expect(await alive()).toEqual([200, 200, 200]);
    provider.wrongs = {};
    expect((await send(signed(claims))).status).toBe(200);
    expect(await alive()).toEqual([401, 200, 200]);
  });

  it("is limited for each address", async () => {
    const { consume } = await import("@aic-sos/db/rate-limit");
    const { points } = LOGOUTS_PER_ADDRESS;
    for (let taken = 0; taken < points; taken += 1) {
      await consume(
        harness.us.code,
        "address /auth/backchannel-logout",
        "198.51.100.9",
        LOGOUTS_PER_ADDRESS,
      );
    }
    const answer = await harness.anonymous.send("POST", path, undefined, {
      raw: "logout_token=x",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-for": "198.51.100.9",
      },
    });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
