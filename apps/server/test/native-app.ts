import { hash } from "node:crypto";
import { newSecret } from "@aic-sos/auth/secret";
import { expect } from "vitest";
import type { TestPerson } from "@aic-sos/testkit/make-person";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Harness } from "./harness.ts";
import { type Answer, type Caller, httpCaller } from "./http-caller.ts";

/** What a token endpoint answers. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in: number;
}

export const CLIENT = "aic-sos-cli";
export const REDIRECT = "http://127.0.0.1:49152/callback";

/** One attempt to get in. */
export interface Attempt {
  readonly verifier: string;
  readonly challenge: string;
  readonly state: string;
}

export function newAttempt(): Attempt {
  const verifier = newSecret();
  return { verifier, challenge: hash("sha256", verifier, "base64url"), state: newSecret() };
}

/** Posts a form, as OAuth wants it. */
export function postForm(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
): Promise<Answer> {
  const raw = new URLSearchParams(fields).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return httpCaller(url).send("POST", path, undefined, { raw, headers });
}

/** The address to send a browser to, with some parameters changed; an empty one is left out. */
export function authorizeAddress(attempt: Attempt, change: Record<string, string> = {}): string {
  const parameters = {
    response_type: "code",
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    code_challenge: attempt.challenge,
    code_challenge_method: "S256",
    state: attempt.state,
    ...change,
  };
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  return `/auth/authorize?${new URLSearchParams(given).toString()}`;
}

/** The person says yes, on the page that they were led to: the code that comes of it. */
export async function letIn(
  person: Caller,
  attempt: Attempt,
  more: { workspaceId?: string } = {},
): Promise<string> {
  const led = await person.get(
    authorizeAddress(attempt, more.workspaceId ? { workspace_id: more.workspaceId } : {}),
  );
  expect(led.headers.get("location")).toMatch(/^\/let-in\?/);
  const answer = await person.post("/api/app-sessions", {
    clientId: CLIENT,
    redirectUri: REDIRECT,
    codeChallenge: attempt.challenge,
    state: attempt.state,
    ...more,
  });
  expect(answer.status, answer.text).toBe(201);
  const back = new URL((answer.body as { redirectTo: string }).redirectTo);
  expect(back.searchParams.get("state")).toBe(attempt.state);
  return back.searchParams.get("code") ?? "";
}

/** Fetches tokens for a code. */
export function redeem(
  url: string,
  code: string,
  attempt: Attempt,
  change: Record<string, string> = {},
): Promise<Answer> {
  return postForm(url, "/auth/token", {
    grant_type: "authorization_code",
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    code,
    code_verifier: attempt.verifier,
    ...change,
  });
}

export function refresh(url: string, token: string, clientId = CLIENT): Promise<Answer> {
  return postForm(url, "/auth/token", {
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: token,
  });
}

export function revoke(url: string, token: string, clientId = CLIENT): Promise<Answer> {
  return postForm(url, "/auth/revoke", { client_id: clientId, token });
}

/** Signs a native app of somebody in, the whole way. */
export async function signInApp(
  harness: Harness,
  person: Caller,
  more: { workspaceId?: string } = {},
): Promise<Tokens> {
  const attempt = newAttempt();
  const answer = await redeem(harness.url, await letIn(person, attempt, more), attempt);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as Tokens;
}

/** What a device gets when it begins to ask. */
export interface DeviceCodes {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** A device of nobody yet begins to ask, with some fields changed. */
export async function askAsDevice(
  url: string,
  tenant: Pick<TestTenant, "slug">,
  change: Record<string, string> = {},
): Promise<DeviceCodes> {
  const fields = { client_id: CLIENT, tenant: tenant.slug, ...change };
  const answer = await postForm(url, "/auth/device_authorization", fields);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as DeviceCodes;
}

/** A device asks how things stand. */
export function poll(url: string, deviceCode: string, clientId = CLIENT): Promise<Answer> {
  return postForm(url, "/auth/token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    client_id: clientId,
    device_code: deviceCode,
  });
}

/** Calls with an access token. */
export function bearer(url: string, tokens: Pick<Tokens, "access_token">): Caller {
  return httpCaller(url, { authorization: `Bearer ${tokens.access_token}` });
}

/** What an access token says, unverified. */
export function claimsOf({ access_token: token }: Tokens): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}

/** An app that is signed in, as a row: for tests that need no token of it. */
export async function makeAppSession(
  harness: Harness,
  tenant: TestTenant,
  person: TestPerson,
): Promise<string> {
  const cell = tenant.cell === harness.us.code ? harness.us : harness.eu;
  const db = await harness.cells.superuser(cell);
  const id = freshId(tenant.cell);
  await db.query(
    `insert into refresh_token_families (tenant_id, id, user_id, client_id, derivation_key_id, absolute_expires_at)
      values ($1, $2, $3, $4, 'none', now() + interval '1 day')`,
    [tenant.id, id, person.id, CLIENT],
  );
  return id;
}
