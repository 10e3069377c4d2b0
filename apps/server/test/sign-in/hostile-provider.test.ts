import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import { freshId } from "@aic-sos/testkit/make-id";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { openBrowser, type Page } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  type Json,
  KEY,
  makeSigningKey,
  seconds,
  sendJson,
  signed,
  startHostileProviders,
  unsigned,
  type Wrongs,
} from "../hostile-provider.ts";
import { httpCaller } from "../http-caller.ts";
import { makeActor, makeHome } from "../world.ts";

let harness: Harness;
let providers: HostileProviders;
const other = makeSigningKey();

beforeAll(async () => {
  providers = await startHostileProviders();
  harness = await startHarness({ allow: [providers.host] });
});
afterAll(async () => {
  await harness?.stop();
  await providers?.stop();
});

interface Place {
  readonly tenant: TestTenant;
  readonly provider: HostileProvider;
  readonly providerId: string;
}

/** A tenant whose provider it is, with a rule that lets everybody in the group `admins` in. */
async function place(wrongs: Wrongs): Promise<Place> {
  const { tenant } = await makeHome(harness, harness.us);
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const provider = providers.make(wrongs);
  const providerId = freshId(tenant.cell);
  const db = await harness.cells.superuser(harness.us);
  await db.query(
    "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, $4)",
    [tenant.id, providerId, provider.issuer, provider.clientId],
  );
  await db.query(
    "insert into group_rules (tenant_id, id, group_name, role, created_by) values ($1, $2, 'admins', 'Operator', $3)",
    [tenant.id, freshId(tenant.cell), boss.person.id],
  );
  return { tenant, provider, providerId };
}

const logIn = ({ tenant }: Place, browser = openBrowser()): Promise<Page> =>
  browser.open(`${harness.url}/auth/login?tenant=${tenant.slug}`);

/** Nobody is in: no session beside the administrator's of the set-up, no identity, no cookie. */
async function expectNobody({ tenant }: Place, page: Page): Promise<void> {
  expect(page.setCookies.filter((line) => line.startsWith("__Host-aic_session="))).toEqual([]);
  const db = await harness.cells.superuser(harness.us);
  const { rows } = await db.query(
    `select (select count(*)::int from sessions where tenant_id = $1) as sessions,
      (select count(*)::int from identities where tenant_id = $1) as identities`,
    [tenant.id],
  );
  expect(rows).toEqual([{ sessions: 1, identities: 0 }]);
}

const claim =
  (wrong: Json): Wrongs["claims"] =>
  (claims) => ({ ...claims, ...wrong });
const without =
  (name: string): Wrongs["claims"] =>
  (claims) =>
    Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
const hmac = (claims: Json) => {
  const text = unsigned(claims, { alg: "HS256", kid: "one" }).slice(0, -1);
  const mac = createHmac("sha256", JSON.stringify(KEY.jwk)).update(text).digest("base64url");
  return `${text}.${mac}`;
};
const announcing =
  (...algorithms: string[]): Wrongs["metadata"] =>
  (right) => ({ ...right, id_token_signing_alg_values_supported: ["RS256", ...algorithms] });
const endless = (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json" });
  const drip = setInterval(() => response.write(" "), 50);
  response.on("close", () => clearInterval(drip));
};

const CASES: readonly (readonly [string, string, Wrongs])[] = [
  ["wrong iss", "token_issuer", { claims: claim({ iss: "https://evil.example" }) }],
  ["wrong aud", "token_audience", { claims: claim({ aud: "another" }) }],
  ["no aud", "token_malformed", { claims: without("aud") }],
  ["two aud without azp", "token_audience", { claims: claim({ aud: ["aic-sos", "x"] }) }],
  [
    "two aud, azp another",
    "token_audience",
    { claims: claim({ aud: ["aic-sos", "x"], azp: "x" }) },
  ],
  ["azp another", "token_audience", { claims: claim({ azp: "another" }) }],
  ["wrong nonce", "token_nonce", { claims: claim({ nonce: "another" }) }],
  ["missing nonce", "token_malformed", { claims: without("nonce") }],
  ["expired", "token_time", { claims: claim({ exp: seconds() - 3_600 }) }],
  ["issued in the future", "token_time", { claims: claim({ iat: seconds() + 3_600 }) }],
  ["not valid yet", "token_time", { claims: claim({ nbf: seconds() + 3_600 }) }],
  ["no exp", "token_malformed", { claims: without("exp") }],
  ["missing sub", "token_malformed", { claims: without("sub") }],
  ["empty sub", "token_malformed", { claims: claim({ sub: "" }) }],
  ["sub that is a number", "token_malformed", { claims: claim({ sub: 7 }) }],
  ["wrong at_hash", "token_malformed", { claims: claim({ at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }) }],
  ["alg none", "token_signature", { token: (claims) => unsigned(claims, { alg: "none" }) }],
  [
    "alg none, announced",
    "token_signature",
    { metadata: announcing("none"), token: (claims) => unsigned(claims, { alg: "none" }) },
  ],
  ["HS256 with the public key", "token_signature", { token: hmac }],
  [
    "HS256 with the public key, announced",
    "token_signature",
    { metadata: announcing("HS256"), token: hmac },
  ],
  ["unknown kid", "token_signature", { token: (claims) => signed(claims, { kid: "unknown" }) }],
  ["another key, same kid", "token_signature", { token: (claims) => signed(claims, {}, other) }],
  [
    "no signature",
    "token_signature",
    { token: (claims) => unsigned(claims, { alg: "RS256", kid: "one" }) },
  ],
  [
    "an embedded key",
    "token_signature",
    { token: (claims) => signed(claims, { kid: "two", jwk: other.jwk }, other) },
  ],
  [
    "a key at an address",
    "token_signature",
    { token: (claims) => signed(claims, { kid: "two", jku: "https://evil.example/" }, other) },
  ],
  ["crit", "token_signature", { token: (claims) => signed(claims, { crit: ["exp"], exp: 1 }) }],
  ["a huge token", "token_malformed", { claims: claim({ pad: "x".repeat(40_000) }) }],
  ["a padded token", "token_malformed", { token: (claims) => `${signed(claims)}==` }],
  ["no ID token", "token_malformed", { tokenAnswer: ({ id_token: _id, ...rest }) => rest }],
  ["an ID token that is none", "token_malformed", { token: () => "x" }],
  [
    "mix-up: iss of another",
    "wrong_issuer",
    { callback: (back) => back.set("iss", "https://evil.example") },
  ],
  ["mix-up: iss left out", "wrong_issuer", { callback: (back) => back.delete("iss") }],
  ["wrong state", "state_mismatch", { callback: (back) => back.set("state", "another") }],
  ["no state", "state_mismatch", { callback: (back) => back.delete("state") }],
  ["code twice", "callback_invalid", { callback: (back) => back.append("code", "another") }],
  ["a stolen code", "provider_refused", { callback: (back) => back.set("code", "stolen") }],
  ["an implicit token", "callback_invalid", { callback: (back) => back.set("id_token", "x") }],
  ["access denied", "provider_refused", { callback: (back) => back.set("error", "access_denied") }],
  ["500 for the code", "provider_unreachable", { tokenEndpoint: (r) => sendJson(r, 500, {}) }],
  ["HTML for the code", "provider_invalid", { tokenEndpoint: (r) => void r.end("<p>hello") }],
  ["a cut connection", "provider_unreachable", { tokenEndpoint: (r) => void r.destroy() }],
  ["silence", "provider_unreachable", { tokenEndpoint: () => undefined }],
  ["an endless answer", "provider_unreachable", { tokenEndpoint: endless }],
  [
    "a huge answer",
    "provider_invalid",
    { tokenEndpoint: (r) => sendJson(r, 200, { x: "x".repeat(600_000) }) },
  ],
  [
    "a redirect for the code",
    "provider_not_allowed",
    { tokenEndpoint: (r) => void r.writeHead(307, { location: `http://127.0.0.1:9/` }).end() },
  ],
  [
    "a redirect on the JWKS",
    "provider_not_allowed",
    { jwks: (r) => void r.writeHead(302, { location: "https://evil.example/jwks" }).end() },
  ],
  ["502 on the JWKS", "provider_unreachable", { jwks: (r) => sendJson(r, 502, {}) }],
  ["no keys", "token_signature", { jwks: (r) => sendJson(r, 200, { keys: [] }) }],
  [
    "userinfo of another person",
    "provider_invalid",
    {
      claims: without("email"),
      userinfo: { sub: "person-2", email: "boss@acme.example", email_verified: true },
    },
  ],
];

describe("a login with a hostile provider", () => {
  it("would go through without what is wrong in each case", async () => {
    const honest = await place({});
    const page = await logIn(honest);
    expect(page.setCookies.join()).toContain("__Host-aic_session=");
  });

  it("is tried in more than 28 ways", () => {
    expect(new Set(CASES.map(([name]) => name)).size).toBeGreaterThanOrEqual(28);
  });

  it.each(CASES)("is refused, on record, and nobody is in: %s → %s", async (_, code, wrongs) => {
    const there = await place(wrongs);
    const page = await logIn(there);
    expect([page.url.pathname, page.url.searchParams.get("error")]).toEqual(["/login", code]);
    await expectNobody(there, page);
    const of = { tenantId: there.tenant.id, type: "security.login_refused" } as const;
    expect(await auditTrail(harness.cells, harness.us, of)).toMatchObject([
      {
        resource: { type: "identity_provider", id: there.providerId },
        actor: { kind: "unauthenticated" },
      },
    ]);
  });

  it("is refused when the keys are swapped under it, mid-flight", async () => {
    const there = await place({});
    const browser = openBrowser();
    expect((await logIn(there, browser)).setCookies.join()).toContain("__Host-aic_session=");
    there.provider.wrongs = { token: (claims) => signed(claims, {}, other) };
    const page = await logIn(there);
    expect(page.url.search).toBe("?error=token_signature");
    expect(page.setCookies.join()).not.toContain("__Host-aic_session=");
  });

  it("is refused when the answer of one provider is brought back to the login with another", async () => {
    const [honest, evil] = [await place({}), await place({})];
    const start = (at: Place) =>
      fetch(`${harness.url}/auth/login?tenant=${at.tenant.slug}`, { redirect: "manual" });
    const [mine, theirs] = [await start(honest), await start(evil)];
    const cookie = mine.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const answer = await fetch(theirs.headers.get("location") ?? "", { redirect: "manual" });
    const back = await fetch(answer.headers.get("location") ?? "", {
      redirect: "manual",
      headers: { cookie },
    });
    expect(back.headers.get("location")).toBe("/login?error=state_mismatch");
    expect(honest.provider.asked.concat(evil.provider.asked)).not.toContain("/token");
  });

  it.each([
    [
      "another issuer",
      "wrong_issuer",
      { metadata: (m) => ({ ...m, issuer: "https://x.example" }) },
    ],
    ["no PKCE", "no_pkce", { metadata: ({ code_challenge_methods_supported: _m, ...m }) => m }],
    [
      "no algorithm of ours",
      "no_usable_algorithm",
      { metadata: (m) => ({ ...m, id_token_signing_alg_values_supported: ["none", "HS256"] }) },
    ],
    [
      "a redirect",
      "provider_not_allowed",
      { discovery: (r) => void r.writeHead(302, { location: "http://127.0.0.1:9/" }).end() },
    ],
    ["nonsense", "provider_invalid", { discovery: (r) => void r.end("<p>") }],
  ] as const satisfies readonly (readonly [string, string, Wrongs])[])(
    "is not even begun when its metadata is %s → %s",
    async (_, code, wrongs) => {
      const there = await place(wrongs);
      const page = await logIn(there);
      expect(page.url.search).toBe(`?error=${code}`);
      await expectNobody(there, page);
      expect(there.provider.asked).not.toContain("/authorize");
    },
  );
});

describe("a provider whose clock is off", () => {
  it.each([
    ["behind", (by: number): Json => ({ exp: seconds() - by })],
    ["ahead", (by: number): Json => ({ iat: seconds() + by, nbf: seconds() + by })],
  ])(
    "by up to 60 s %s is tolerated; by more it is refused and named in the log",
    async (_, off) => {
      const fine = await place({ claims: (claims) => ({ ...claims, ...off(50) }) });
      expect((await logIn(fine)).setCookies.join()).toContain("__Host-aic_session=");
      const refused = await place({ claims: (claims) => ({ ...claims, ...off(75) }) });
      const page = await logIn(refused);
      expect(page.url.search).toBe("?error=token_time");
      await expectNobody(refused, page);
      const line = harness.log.findLast((each) => each.includes("login refused")) ?? "";
      expect(JSON.parse(line)).toMatchObject({
        refusal: "token_time",
        detail: expect.stringMatching(/exp|nbf|iat/),
      });
    },
  );
});

describe("a provider that is down", () => {
  it("leads to a page that says so with a way to try again, and sessions that are open go on", async () => {
    const there = await place({});
    const browser = openBrowser();
    await logIn(there, browser);
    const open = httpCaller(harness.url, { cookie: browser.cookies(harness.url) });
    there.provider.wrongs = { tokenEndpoint: (r) => void r.destroy() };
    const page = await logIn(there);
    expect(page.url.searchParams.get("error")).toBe("provider_unreachable");
    expect((await open.get("/api/me")).status).toBe(200);
    there.provider.wrongs = {};
    expect((await logIn(there)).setCookies.join()).toContain("__Host-aic_session=");
  });

  it("is told at the way out and at the way back with what it takes to go the same way again", async () => {
    const begun = await place({ discovery: (r) => void r.destroy() });
    const ended = await place({ tokenEndpoint: (r) => void r.destroy() });
    const way = { region: harness.us.region, return_to: "/w/x?state=failed" };
    for (const there of [begun, ended]) {
      const wish = { tenant: there.tenant.slug, ...way, provider: there.providerId };
      const login = (query: Record<string, string>) =>
        openBrowser().open(`${harness.url}/auth/login?${new URLSearchParams(query).toString()}`);
      const page = await login(wish);
      const { error, ...again } = Object.fromEntries(page.url.searchParams);
      expect([error, again]).toEqual(["provider_unreachable", wish]);
      there.provider.wrongs = {};
      const back = await login(again);
      expect(back.url.pathname + back.url.search).toBe(way.return_to);
      expect(back.setCookies.join()).toContain("__Host-aic_session=");
    }
  });

  it("keeps an invitation for the next time", async () => {
    const { tenant, provider, providerId } = await place({
      tokenEndpoint: (r) => void r.destroy(),
    });
    const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const invited = { email: "ada@acme.example", role: "Auditor", tenantWide: true };
    const made = await boss.post("/api/members/invitations", invited);
    const { url } = made.body as { url: string };
    const page = await openBrowser().open(url);
    const { error, ...again } = Object.fromEntries(page.url.searchParams);
    const token = new URL(url).pathname.split("/").at(-1);
    expect([error, again]).toMatchObject([
      "provider_unreachable",
      { tenant: tenant.slug, provider: providerId, invitation: token },
    ]);
    provider.wrongs = {};
    const back = await openBrowser().open(`${url}?provider=${providerId}`);
    expect(back.setCookies.join()).toContain("__Host-aic_session=");
  });
});
