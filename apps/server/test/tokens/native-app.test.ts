import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "../harness.ts";
import {
  authorizeAddress,
  bearer,
  claimsOf,
  CLIENT,
  letIn,
  newAttempt,
  REDIRECT,
  redeem,
  refresh,
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

  it("asks nobody whose session has ended, also where a server still has it cached", async () => {
    const leaver = await makeActor(harness, tenant, { role: "Operator", workspace });
    expect((await leaver.get("/api/me")).status).toBe(200);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update sessions set revoked_at = now() where id = $1", [leaver.credentialId]);
    const query = new URLSearchParams({
      clientId: CLIENT,
      redirectUri: REDIRECT,
      codeChallenge: newAttempt().challenge,
    });
    const answer = await leaver.get(`/api/app-sessions/request?${query.toString()}`);
    expect(answer.status).toBe(401);
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

  it("opens once for one question: asked again with the same key, the code is not told again", async () => {
    const { challenge: codeChallenge } = newAttempt();
    const asked = { clientId: CLIENT, redirectUri: REDIRECT, codeChallenge };
    const sent = { headers: { "idempotency-key": newAttempt().state } };
    const first = await ana.post("/api/app-sessions", asked, sent);
    expect(first.status, first.text).toBe(201);
    const again = await ana.post("/api/app-sessions", asked, sent);
    expect([again.status, again.body]).toMatchObject([
      409,
      { code: "answer_not_kept", resourceId: (first.body as { id: string }).id },
    ]);
  });

  it("is not limited to a workspace in which the person has no role, or none any more, nor that is not there", async () => {
    const db = await harness.cells.superuser(harness.us);
    const other = await makeWorkspace(db, tenant);
    const { challenge: codeChallenge } = newAttempt();
    const asked = { clientId: CLIENT, redirectUri: REDIRECT, codeChallenge };
    const missing = other.id.replace(/....$/, "0000");
    for (const workspaceId of [other.id, missing]) {
      const answer = await ana.post("/api/app-sessions", { ...asked, workspaceId });
      expect(answer.status).toBe(404);
    }
    const guest = await makeActor(harness, tenant, { role: "Operator", workspace });
    await db.query("update role_bindings set expires_at = now() where user_id = $1", [
      guest.person.id,
    ]);
    const answer = await guest.post("/api/app-sessions", { ...asked, workspaceId: workspace.id });
    expect(answer.status, answer.text).toBe(404);
  });
});
