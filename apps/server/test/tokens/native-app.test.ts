import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  authorizeAddress,
  bearer,
  claimsOf,
  CLIENT,
  letIn,
  newAttempt,
  postForm,
  REDIRECT,
  redeem,
  refresh,
  revoke,
  signInApp,
  type Tokens,
} from "../native-app.ts";
import { type Actor, makeActor, makeHome, yaml } from "../world.ts";

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

describe("a native app", () => {
  it("gets in by code and PKCE, calls, refreshes and calls again", async () => {
    const tokens = await signInApp(harness, ana);
    expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 900 });
    const me = await bearer(harness.url, tokens).get("/api/me");
    expect(me.body).toMatchObject({
      principal: { id: ana.person.id, kind: "user", authentication: "access_token" },
      tenant: { id: tenant.id },
    });
    const answer = await refresh(harness.url, tokens.refresh_token);
    expect(answer.status, answer.text).toBe(200);
    const next = answer.body as Tokens;
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    const app = bearer(harness.url, next);
    const made = await app.post(
      "/api/workflows",
      { source: yaml("by-app") },
      { headers: { origin: "https://elsewhere.example" } },
    );
    expect(made.status, made.text).toBe(201);
  });

  it("has a token that anybody can verify by the published keys, and that says what it should", async () => {
    const tokens = await signInApp(harness, ana, { workspaceId: workspace.id });
    const [head = "", body = "", signature = ""] = tokens.access_token.split(".");
    const header = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
    expect(Object.keys(header).toSorted()).toEqual(["alg", "kid", "typ"]);
    expect(header).toMatchObject({ alg: "EdDSA", typ: "at+jwt" });
    const answer = await harness.anonymous.get("/.well-known/jwks.json");
    expect(answer.headers.get("content-type")).toMatch("application/jwk-set+json");
    const { keys } = answer.body as { keys: (JsonWebKey & { kid: string })[] };
    expect(keys.map(({ kid }) => kid.slice(15, 18)).toSorted()).toEqual(["001", "002"]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    const key = keys.find(({ kid }) => kid === header.kid) ?? {};
    const publicKey = createPublicKey({ key, format: "jwk" });
    const bytes = Buffer.from(`${head}.${body}`);
    expect(verify(null, bytes, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
    expect(claimsOf(tokens)).toMatchObject({
      iss: harness.url,
      aud: "aic-sos",
      sub: ana.person.id,
      tenant_id: tenant.id,
      workspace_id: workspace.id,
      region: "us-east-1",
      client_id: CLIENT,
    });
    expect(JSON.stringify(claimsOf(tokens))).not.toMatch(/role|permission|scope/i);
  });

  it("finds its endpoints at the well-known address", async () => {
    const { body } = await harness.anonymous.get("/.well-known/oauth-authorization-server");
    expect(body).toMatchObject({
      issuer: harness.url,
      authorization_endpoint: `${harness.url}/auth/authorize`,
      token_endpoint: `${harness.url}/auth/token`,
      revocation_endpoint: `${harness.url}/auth/revoke`,
      jwks_uri: `${harness.url}/.well-known/jwks.json`,
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    });
  });

  it("that asked for one workspace may act in that one only", async () => {
    const db = await harness.cells.superuser(harness.us);
    const other = await makeWorkspace(db, tenant);
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const app = bearer(harness.url, await signInApp(harness, admin, { workspaceId: workspace.id }));
    expect((await app.get(`/api/runs?workspaceId=${workspace.id}`)).status).toBe(200);
    expect((await app.get(`/api/runs?workspaceId=${other.id}`)).status).toBe(403);
    expect((await app.get("/api/runs", { headers: { "x-workspace-id": "*" } })).status).toBe(403);
    expect((await app.get("/api/runs")).status).toBe(200);
    expect((await app.post("/api/workspaces", { name: "Mine", region: "us-east-1" })).status).toBe(
      403,
    );
  });

  it("never learns a token from a cache on its way", async () => {
    const attempt = newAttempt();
    const answer = await redeem(harness.url, await letIn(ana, attempt), attempt);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("the way in", () => {
  it("leads over the login where nobody is signed in, and back to the question", async () => {
    const attempt = newAttempt();
    const answer = await harness.anonymous.get(authorizeAddress(attempt));
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get("location") ?? "", harness.url);
    expect(location.pathname).toBe("/login");
    const page = location.searchParams.get("return_to") ?? "";
    expect(page).toMatch(/^\/let-in\?/);
    const login = `/auth/login?tenant=none&return_to=${encodeURIComponent(page)}`;
    expect((await harness.anonymous.get(login)).status).toBe(303);
  });

  it("asks the person even where a session is at hand", async () => {
    const answer = await ana.get(authorizeAddress(newAttempt()));
    expect(answer.headers.get("location")).toMatch(/^\/let-in\?/);
    expect(answer.text).not.toContain("aic_code_");
  });

  it("tells the person who asks, for what, from where, and where a refusal leads", async () => {
    const { challenge, state } = newAttempt();
    const query = new URLSearchParams({
      clientId: CLIENT,
      redirectUri: REDIRECT,
      codeChallenge: challenge,
      state,
      workspaceId: workspace.id,
    });
    const agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    const answer = await ana.get(`/api/app-sessions/request?${query.toString()}`, {
      headers: { "user-agent": agent },
    });
    expect(answer.body).toEqual({
      app: "AIC-SOS command line",
      clientId: CLIENT,
      redirectTo: REDIRECT,
      device: "Firefox on Windows",
      workspace: { id: workspace.id, name: workspace.name },
      refuseTo: `${REDIRECT}?${new URLSearchParams({ error: "access_denied", iss: harness.url, state }).toString()}`,
    });
  });

  it.each([
    ["an unknown client", { client_id: "other" }, "client_id"],
    ["no client", { client_id: "" }, "client_id"],
    ["an address that is not registered", { redirect_uri: "http://127.0.0.1:1/x" }, "redirect_uri"],
    ["somebody else's address", { redirect_uri: "https://evil.example/callback" }, "redirect_uri"],
    ["localhost", { redirect_uri: "http://localhost:1/callback" }, "redirect_uri"],
    ["no address", { redirect_uri: "" }, "redirect_uri"],
  ])("sends nobody anywhere for %s", async (_, change, field) => {
    const answer = await ana.get(authorizeAddress(newAttempt(), change), {
      headers: { accept: "text/html" },
    });
    expect(answer.headers.get("location")).toBe(`/let-in?error=${field}`);
    expect((await ana.get(authorizeAddress(newAttempt(), change))).status).toBe(400);
  });

  it.each([
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["no response type", { response_type: "" }, "unsupported_response_type"],
    ["no PKCE", { code_challenge: "", code_challenge_method: "" }, "invalid_request"],
    ["PKCE of method plain", { code_challenge_method: "plain" }, "invalid_request"],
    ["no method", { code_challenge_method: "" }, "invalid_request"],
    ["a challenge that is none", { code_challenge: "short" }, "invalid_request"],
    ["a workspace that is no id", { workspace_id: "all" }, "invalid_request"],
    ["a state that cannot be kept", { state: "x".repeat(2_000) }, "invalid_request"],
  ])("tells the app about %s", async (_, change, error) => {
    const attempt = newAttempt();
    const answer = await ana.get(authorizeAddress(attempt, change));
    const back = new URL(answer.headers.get("location") ?? "");
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      error,
      iss: harness.url,
      state: "state" in change ? change.state : attempt.state,
    });
  });

  it("takes no parameter twice", async () => {
    const address = authorizeAddress(newAttempt());
    for (const [more, to] of [
      ["&state=2", REDIRECT],
      ["&code_challenge=2", REDIRECT],
      ["&client_id=2", "/let-in"],
      [`&redirect_uri=${encodeURIComponent(REDIRECT)}`, "/let-in"],
    ] as const) {
      const answer = await ana.get(address + more, { headers: { accept: "text/html" } });
      expect(answer.headers.get("location")).toMatch(to);
      expect(answer.headers.get("location")).toContain("error=");
    }
  });

  it("opens for a person's own session only: not for a key, nor for another app", async () => {
    const key = await makeActor(harness, tenant, { role: "Operator", workspace, service: true });
    const app = bearer(harness.url, await signInApp(harness, ana));
    const { challenge: codeChallenge } = newAttempt();
    const asked = { clientId: CLIENT, redirectUri: REDIRECT, codeChallenge };
    for (const caller of [key, app]) {
      expect((await caller.post("/api/app-sessions", asked)).status).toBe(409);
    }
  });

  it("cannot be opened by another site's page", async () => {
    const { challenge: codeChallenge } = newAttempt();
    const asked = { clientId: CLIENT, redirectUri: REDIRECT, codeChallenge };
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ];
    for (const headers of foreign) {
      expect((await ana.post("/api/app-sessions", asked, { headers })).status).toBe(403);
    }
    const form = await ana.send("POST", "/api/app-sessions", undefined, {
      raw: new URLSearchParams(asked).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(form.status).toBe(415);
  });

  it("is not limited to a workspace that the person has no role in, nor that is not there", async () => {
    const db = await harness.cells.superuser(harness.us);
    const other = await makeWorkspace(db, tenant);
    const { challenge: codeChallenge } = newAttempt();
    const asked = { clientId: CLIENT, redirectUri: REDIRECT, codeChallenge };
    const missing = other.id.replace(/....$/, "0000");
    for (const workspaceId of [other.id, missing]) {
      const answer = await ana.post("/api/app-sessions", { ...asked, workspaceId });
      expect(answer.status).toBe(404);
    }
  });
});

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
    for (const token of ["x", "a.b.c", "aic_refresh_x"]) {
      const answer = await revoke(harness.url, token);
      expect([answer.status, answer.body]).toEqual([200, {}]);
    }
    expect((await revoke(harness.url, "x", "other")).status).toBe(401);
  });
});
