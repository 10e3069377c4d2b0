import { hash } from "node:crypto";
import { freshId } from "@aic-sos/testkit/make-id";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOKENS_PER_ADDRESS, TOKENS_PER_CLIENT } from "../../src/login-limits.ts";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  bearer,
  claimsOf,
  CLIENT,
  letIn,
  newAttempt,
  postForm,
  redeem,
  refresh,
  revoke,
  signInApp,
  type Tokens,
} from "../native-app.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let tenant: TestTenant;
let workspace: TestWorkspace;
let ana: Actor;

beforeAll(async () => {
  harness = await startHarness();
  ({ tenant, workspace } = await makeHome(harness, harness.us));
  ana = await makeActor(harness, tenant, { role: "Operator", workspace });
});
afterAll(() => harness.stop());

/** Somebody else's whole bucket of a limit, from now on for a minute. */
async function drain(name: string, subject: string, points: number): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  const key = `${name}:${hash("sha256", subject, "base64url")}`;
  await db.query(
    `insert into rate_limits (key, points, expire) values ($1, $2, (extract(epoch from now()) * 1000)::bigint + 60000)
      on conflict (key) do update set points = excluded.points, expire = excluded.expire`,
    [key, points],
  );
}

/** What has the form of an access token of a region that is not served here. */
function tokenOfElsewhere(): string {
  const [kid, tenant_id, sid, sub] = Array.from({ length: 4 }, () => freshId(0x777));
  const parts = [
    { alg: "EdDSA", typ: "at+jwt", kid },
    { tenant_id, sid, sub },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, Buffer.alloc(64).toString("base64url")].join(".");
}

describe("an authorization code", () => {
  it("used twice is good for nothing, and ends what came of it", async () => {
    const attempt = newAttempt();
    const code = await letIn(ana, attempt);
    const tokens = (await redeem(harness.url, code, attempt)).body as Tokens;
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(200);
    const again = await redeem(harness.url, code, attempt);
    expect([again.status, again.body]).toMatchObject([400, { error: "invalid_grant" }]);
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(401);
    expect((await refresh(harness.url, tokens.refresh_token)).status).toBe(400);
    const [event] = (
      await auditTrail(harness.cells, harness.us, {
        type: "security.token_reuse",
        tenantId: tenant.id,
      })
    ).slice(-1);
    expect(event).toMatchObject({ resource: { type: "app_session", id: claimsOf(tokens)["sid"] } });
  });

  it("used by twenty at once makes one sign-in at most, which ends", async () => {
    const attempt = newAttempt();
    const code = await letIn(ana, attempt);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem(harness.url, code, attempt)),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    const tokens = good[0]?.body as Tokens;
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(401);
  });

  it.each([
    ["another verifier", { code_verifier: "v".repeat(43) }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_request"],
    ["another address", { redirect_uri: "http://127.0.0.1:49153/callback" }, "invalid_grant"],
    ["no address", { redirect_uri: "" }, "invalid_request"],
    ["another client", { client_id: "other" }, "invalid_client"],
    ["a client secret", { client_secret: "x" }, "invalid_client"],
    ["another grant type", { grant_type: "password" }, "unsupported_grant_type"],
    ["no grant type", { grant_type: "" }, "invalid_request"],
    ["a mistyped code", { code: "aic_code_x" }, "invalid_grant"],
  ])("is not redeemed with %s, and stays good for the right app", async (_, change, error) => {
    const attempt = newAttempt();
    const code = await letIn(ana, attempt);
    const wrong = await redeem(harness.url, code, attempt, change);
    expect(wrong.body).toMatchObject({ error });
    expect(wrong.status).toBe(error === "invalid_client" ? 401 : 400);
    expect((await redeem(harness.url, code, attempt)).status).toBe(200);
  });

  it.each(["/auth/token", "/auth/device_authorization", "/auth/revoke"])(
    "%s tells a client that shows a secret in Authorization that there is none, in OAuth's words",
    async (path) => {
      const form =
        "grant_type=refresh_token&refresh_token=x&client_id=aic-sos-cli&token=x&tenant=x";
      const post = (authorization: string, more?: Record<string, string>) =>
        harness.anonymous.send("POST", path, undefined, {
          raw: form,
          headers: { "content-type": "application/x-www-form-urlencoded", authorization, ...more },
        });
      const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
      for (const more of [undefined, foreign]) {
        const basic = await post("Basic YWljLXNvcy1jbGk6eA==", more);
        expect([basic.status, basic.body]).toMatchObject([401, { error: "invalid_client" }]);
        expect(basic.headers.get("www-authenticate")).toBe('Basic realm="aic-sos"');
        expect(basic.headers.get("cache-control")).toBe("no-store");
      }
      expect((await post("Digest x")).body).toMatchObject({ error: "invalid_client" });
      // An app's own old access token, which it sends with everything.
      expect((await post("Bearer x")).body).not.toMatchObject({ error: "invalid_client" });
    },
  );

  it("ends after a minute, and with the session that gave it", async () => {
    const late = newAttempt();
    const code = await letIn(ana, late);
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "update authorization_codes set expires_at = now() - interval '1 ms' where code_challenge = $1",
      [late.challenge],
    );
    expect((await redeem(harness.url, code, late)).body).toMatchObject({ error: "invalid_grant" });
    const leaver = await makeActor(harness, tenant, { role: "Operator", workspace });
    const attempt = newAttempt();
    const given = await letIn(leaver, attempt);
    await leaver.delete("/api/session");
    const answer = await redeem(harness.url, given, attempt);
    expect(answer.body).toMatchObject({ error: "invalid_grant" });
  });
});

describe("a token request", () => {
  it("is a form, with each field once", async () => {
    const json = await harness.anonymous.post("/auth/token", { grant_type: "refresh_token" });
    expect([json.status, json.body]).toMatchObject([400, { error: "invalid_request" }]);
    const fields = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: CLIENT,
      refresh_token: "x",
    });
    for (const name of ["grant_type", "client_id", "refresh_token"]) {
      const twice = new URLSearchParams(fields);
      twice.append(name, "x");
      const answer = await postForm(harness.url, "/auth/token", twice);
      expect([answer.status, answer.body], name).toMatchObject([400, { error: "invalid_request" }]);
    }
    const large = await postForm(harness.url, "/auth/token", { client_id: "x".repeat(20_000) });
    expect([large.status, large.body]).toMatchObject([400, { error: "invalid_request" }]);
  });

  it("with any wrong token gets the same answer, whatever is wrong with it", async () => {
    const { refresh_token: token } = await signInApp(harness, ana);
    const theirs = await signInApp(
      harness,
      await makeActor(harness, (await makeHome(harness, harness.us)).tenant),
    );
    const wrong = [
      "x",
      token.slice(0, -1),
      `${token} `,
      token.replace("aic_refresh", "aic_code"),
      token.replace(/^aic_refresh_.{32}/, theirs.refresh_token.slice(0, 44)),
      `aic_refresh_${"0".repeat(32)}_${"0".repeat(32)}_${"0".repeat(43)}_000000`,
    ];
    const answers = await Promise.all(wrong.map((text) => refresh(harness.url, text)));
    const said = new Set(answers.map(({ status, text }) => `${status} ${text}`));
    expect([...said]).toHaveLength(1);
    expect([...said][0]).toMatch(/^400 .*invalid_grant/);
  });
});

describe("revocation by the app itself", () => {
  it.each(["access_token", "refresh_token"] as const)(
    "by its %s ends the sign-in at the next request",
    async (kind) => {
      const tokens = await signInApp(harness, ana);
      const app = bearer(harness.url, tokens);
      expect((await app.get("/api/me")).status).toBe(200);
      expect((await revoke(harness.url, tokens[kind])).status).toBe(200);
      expect((await app.get("/api/me")).status).toBe(401);
      expect((await refresh(harness.url, tokens.refresh_token)).status).toBe(400);
    },
  );

  it("of a token that is none is no error, and tells nothing", async () => {
    for (const token of ["x", "a.b.c", "aic_refresh_x", tokenOfElsewhere()]) {
      const answer = await revoke(harness.url, token);
      expect([answer.status, answer.body]).toEqual([200, {}]);
    }
    expect((await revoke(harness.url, "x", "other")).status).toBe(401);
  });
});

describe("too many requests", () => {
  it.each(["/auth/token", "/auth/revoke"])(
    "at %s get 429 and the time to wait, by address and by client",
    async (path) => {
      const fields = {
        grant_type: "refresh_token",
        client_id: CLIENT,
        refresh_token: "x",
        token: "x",
      };
      const db = await harness.cells.superuser(harness.us);
      for (const [name, subject, points] of [
        [`address ${path}`, "127.0.0.1", TOKENS_PER_ADDRESS.points],
        [`client ${path}`, CLIENT, TOKENS_PER_CLIENT.points],
      ] as const) {
        expect((await postForm(harness.url, path, fields)).status).not.toBe(429);
        await drain(name, subject, points);
        const answer = await postForm(harness.url, path, fields);
        expect(answer.status).toBe(429);
        expect(answer.body).toMatchObject({ error: "temporarily_unavailable" });
        const seconds = Number(answer.headers.get("retry-after"));
        expect(seconds).toBeGreaterThan(50);
        expect(seconds).toBeLessThanOrEqual(60);
        await db.query("delete from rate_limits");
      }
    },
  );

  it("of unknown clients count for the address alone, so that nobody fills the table with names", async () => {
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from rate_limits");
    for (const client_id of ["one", "two", "three"]) {
      await postForm(harness.url, "/auth/revoke", { client_id, token: "x" });
    }
    expect((await db.query("select from rate_limits")).rowCount).toBe(1);
  });
});
