import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "../harness.ts";
import { httpCaller } from "../http-caller.ts";
import { bearer, signInApp } from "../native-app.ts";
import { makeActor, makeHome } from "../world.ts";

let harness: Harness;
let right: string;
let wrong: Record<string, string>;

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

beforeAll(async () => {
  harness = await startHarness();
  const [home, abroad] = [await makeHome(harness, harness.us), await makeHome(harness, harness.eu)];
  const ana = await makeActor(harness, home.tenant, {
    role: "Operator",
    workspace: home.workspace,
  });
  const mia = await makeActor(harness, abroad.tenant, { role: "WorkspaceAdmin" });
  right = (await signInApp(harness, ana)).access_token;
  const { access_token: theirs } = await signInApp(harness, mia);
  const { body } = await harness.anonymous.get("/.well-known/jwks.json");
  wrong = wrongTokens(right, theirs, (body as { keys: JsonWebKey[] }).keys);
});
afterAll(() => harness.stop());

/** Twins of a real token that is good, each with one thing wrong. */
function wrongTokens(token: string, theirs: string, keys: readonly JsonWebKey[]) {
  const [head = "", body = "", signature = ""] = token.split(".");
  const header = JSON.parse(Buffer.from(head, "base64url").toString("utf8")) as object;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as object;
  const theirHeader = theirs.split(".")[0];
  const jwk = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const withHeader = (more: object) => `${segment({ ...header, ...more })}.${body}.${signature}`;
  const withClaims = (more: object) => `${head}.${segment({ ...claims, ...more })}.${signature}`;
  const hmac = (key: JsonWebKey) => {
    const pem = createPublicKey({ key, format: "jwk" }).export({ format: "pem", type: "spki" });
    const text = `${segment({ ...header, alg: "HS256" })}.${body}`;
    return `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`;
  };
  return {
    "its padding": `${token}==`,
    "padding within": `${head}=.${body}.${signature}`,
    "a dot more": `${token}.`,
    "a dot less": `${head}.${body}${signature}`,
    "two parts more": `${token}.${body}.${signature}`,
    "no base64url": `${head}.${body}.${"+/".repeat(43)}`,
    "a character of its signature changed":
      token.slice(0, -9) + (token.at(-9) === "A" ? "B" : "A") + token.slice(-8),
    crit: withHeader({ crit: ["exp"], exp: 1 }),
    "b64 false": withHeader({ crit: ["b64"], b64: false }),
    "an embedded jwk": withHeader({ jwk }),
    jku: withHeader({ jku: "http://127.0.0.1:9/keys" }),
    x5u: withHeader({ x5u: "http://127.0.0.1:9/certificate" }),
    "alg none": `${segment({ ...header, alg: "none" })}.${body}.`,
    "alg none and a signature": withHeader({ alg: "none" }),
    ...Object.fromEntries(keys.map((key, at) => [`HS256 with public key ${at}`, hmac(key)])),
    "typ JWT": withHeader({ typ: "JWT" }),
    "another region's header": `${theirHeader}.${body}.${signature}`,
    "another region's body": `${head}.${theirs.split(".")[1]}.${signature}`,
    "another audience": withClaims({ aud: "other" }),
    "another issuer": withClaims({ iss: "https://evil.example" }),
    "another user": withClaims({ sub: (claims as { sid: string }).sid }),
    "a longer life": withClaims({ exp: 4_102_444_800 }),
  };
}

describe("a token with one thing wrong", () => {
  it("gets the same 401, whatever is wrong, and leaves no trace of it in the answer", async () => {
    expect((await bearer(harness.url, { access_token: right }).get("/api/me")).status).toBe(200);
    const answers = await Promise.all(
      Object.entries(wrong).map(async ([name, access_token]) => {
        const answer = await bearer(harness.url, { access_token }).get("/api/me");
        const { requestId: _, ...problem } = answer.body as { requestId: string };
        return [name, answer.status, problem, answer.headers.get("www-authenticate")] as const;
      }),
    );
    const [first] = answers;
    expect(answers.length).toBeGreaterThan(20);
    for (const [name, ...said] of answers)
      expect([name, ...said]).toEqual([name, ...(first ?? []).slice(1)]);
    expect(first?.[1]).toBe(401);
    expect(first?.[2]).toMatchObject({ code: "unauthenticated" });
  });

  it("is not made good by a session that comes along", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    const actor = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    for (const text of Object.values(wrong)) {
      const headers = { ...actor.headers, authorization: `Bearer ${text}` };
      expect((await httpCaller(harness.url, headers).get("/api/me")).status).toBe(401);
    }
    for (const blank of ["Bearer  x.y.z", "Bearer x.y.z ,", "Bearer x. y.z", "Bearer\tx.y.z"]) {
      const headers = { ...actor.headers, authorization: blank };
      expect((await httpCaller(harness.url, headers).get("/api/me")).status).toBe(401);
    }
  });
});
