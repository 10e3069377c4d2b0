import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { formatApiKey, formatPlatformKey, formatSessionCookie } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { SESSION_COOKIE } from "@aic-sos/auth/session-cookie";
import {
  makeAuthority,
  makeClientCertificate,
  type MadeCertificate,
} from "@aic-sos/testkit/make-certificate";
import { freshId } from "@aic-sos/testkit/make-id";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessTokens } from "../src/access-tokens.ts";
import { createSigningKeyring } from "../src/signing-keys.ts";
import {
  makeMtlsHome,
  type MtlsHome,
  type MtlsStage,
  RFC9440_PROXY,
  startMtlsStage,
} from "./mtls/stage.ts";
import { signInApp } from "./native-app.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: MtlsStage;
let mtls: MtlsHome;
let tenant: TestTenant;
let person: Actor;
let service: Actor;

beforeAll(async () => {
  harness = await startMtlsStage();
  mtls = await makeMtlsHome(harness);
  const home = await makeHome(harness, harness.us);
  tenant = home.tenant;
  const at = { role: "Operator", workspace: home.workspace } as const;
  person = await makeActor(harness, tenant, at);
  service = await makeActor(harness, tenant, { ...at, service: true });
});
afterAll(() => harness?.stop());

const key = (tenantId: string, id: string, secret = newSecret()) => ({
  authorization: `Bearer ${formatApiKey({ tenantId, id, secret })}`,
});
const session = (tenantId: string, id: string, secret = newSecret()) => ({
  cookie: `${SESSION_COOKIE}=${formatSessionCookie({ tenantId, id, secret })}`,
});
const nobody = () => freshId(harness.us.code);
const unserved = 0x777;

/** Somebody whose credential was right until now. */
async function ended(sql: string, isService: boolean) {
  const actor = await makeActor(harness, tenant, { role: "Operator", service: isService });
  const db = await harness.cells.superuser(harness.us);
  const { rowCount } = await db.query(sql, [actor.credentialId]);
  expect(rowCount).toBe(1);
  return actor.headers;
}

/** An app's token that was right until now. */
async function endedApp(sql: string) {
  const actor = await makeActor(harness, tenant, { role: "Operator" });
  const tokens = await signInApp(harness, actor);
  const db = await harness.cells.superuser(harness.us);
  const { rowCount } = await db.query(sql, [actor.person.id]);
  expect(rowCount).toBe(1);
  return tokenOf(tokens.access_token);
}

/** An app's token, as the server signed it so many milliseconds ago. */
async function tokenOfBefore(ago: number) {
  const actor = await makeActor(harness, tenant, { role: "Operator" });
  const { access_token: text } = await signInApp(harness, actor);
  const body = Buffer.from(text.split(".")[1] ?? "", "base64url").toString("utf8");
  const { iss, sub, sid, client_id, region } = JSON.parse(body) as Record<string, string>;
  const { tokens: settings } = harness.config;
  const signingKeys = createSigningKeyring({
    keyringOf: (cell) => harness.keyringOf(cell),
    newId: freshId,
    now: Date.now,
    settings: settings.signingKeys,
  });
  const now = () => Date.now() - ago;
  const server = createAccessTokens({ issuer: iss ?? "", signingKeys, newId: freshId, now });
  const token = await server.issue({
    tenantId: tenant.id,
    subject: sub ?? "",
    familyId: sid ?? "",
    clientId: client_id ?? "",
    region: region ?? "",
    workspaceId: null,
    confirmation: null,
  });
  return tokenOf(token);
}
const LIFE_MS = 15 * 60_000;

/** What can be wrong with a certificate of somebody whom its issuer calls a service. */
const WRONG_CERTIFICATES: Readonly<Record<string, () => MadeCertificate>> = {
  "of a CA that nobody registered": () => makeClientCertificate(makeAuthority(), mtls.uri),
  "of a CA that calls itself as the registered one": () =>
    makeClientCertificate(makeAuthority({ commonName: "Test CA" }), mtls.uri),
  "that has ended": () =>
    makeClientCertificate(mtls.authority, mtls.uri, { notBefore: -LIFE_MS, notAfter: -120_000 }),
  "that is not valid yet": () =>
    makeClientCertificate(mtls.authority, mtls.uri, { notBefore: LIFE_MS }),
  "of no service": () => makeClientCertificate(mtls.authority, `${mtls.uri}-of-nobody`),
  "of no name": () => makeClientCertificate(mtls.authority, "https://example.test/"),
  "for servers": () => makeClientCertificate(mtls.authority, mtls.uri, { purposes: ["server"] }),
  "that is the CA": () => mtls.authority,
};

const tokenOf = (token: string) => ({ authorization: `Bearer ${token}` });

type Headers = Readonly<Record<string, string>>;

/** Everything that can be wrong with what a caller shows. */
const WRONG: Readonly<Record<string, () => Headers | Promise<Headers>>> = {
  "nothing at all": () => ({}),
  "a scheme that is none": () => ({ authorization: "Basic eDp5" }),
  "a bearer of no form": () => ({ authorization: "Bearer x" }),
  "a token that nobody signed": () => ({ authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }),
  "two bearers": () => ({ authorization: "Bearer a, Bearer b" }),
  "a key with a typing error": () => {
    const { authorization } = key(tenant.id, service.credentialId);
    const last = authorization.endsWith("0") ? "1" : "0";
    return { authorization: authorization.slice(0, -1) + last };
  },
  "a key of no tenant": () => key(nobody(), nobody()),
  "a key that is not there": () => key(tenant.id, nobody()),
  "a key with another secret": () => key(tenant.id, service.credentialId),
  "a key that is a session": () => key(tenant.id, person.credentialId),
  "a key of a region elsewhere": () => key(freshId(unserved), freshId(unserved)),
  "a revoked key": () => ended("update api_keys set revoked_at = now() where id = $1", true),
  "an ended key": () =>
    ended("update api_keys set expires_at = now() - interval '1 s' where id = $1", true),
  "a token of an app that was signed out": () =>
    endedApp("update refresh_token_families set revoked_at = now() where user_id = $1"),
  "a token past its app's end": () =>
    endedApp(
      "update refresh_token_families set absolute_expires_at = now() - interval '1 s' where user_id = $1",
    ),
  "a token past its own end": () => tokenOfBefore(LIFE_MS + 1_000),
  "a token of another signature": async () => {
    const actor = await makeActor(harness, tenant, { role: "Operator" });
    const [head, claims, signature = ""] = (await signInApp(harness, actor)).access_token.split(
      ".",
    );
    return tokenOf(`${head}.${claims}.${signature.replace(/^./, (c) => (c === "A" ? "B" : "A"))}`);
  },
  "another platform key": () => ({ authorization: `Bearer ${formatPlatformKey(newSecret())}` }),
  "a cookie of no form": () => ({ cookie: `${SESSION_COOKIE}=x` }),
  "two cookies": () => {
    const { cookie } = session(tenant.id, person.credentialId);
    return { cookie: `${cookie}; ${person.headers["cookie"]}` };
  },
  "a session of no tenant": () => session(nobody(), nobody()),
  "a session that is not there": () => session(tenant.id, nobody()),
  "a session with another secret": () => session(tenant.id, person.credentialId),
  "a session of a region elsewhere": () => session(freshId(unserved), freshId(unserved)),
  "a revoked session": () => ended("update sessions set revoked_at = now() where id = $1", false),
  "an idle session": () =>
    ended("update sessions set idle_expires_at = now() - interval '1 s' where id = $1", false),
  "a session past its end": () =>
    ended("update sessions set absolute_expires_at = now() - interval '1 s' where id = $1", false),
};

/** What a caller sees of an answer, but for the name of the request and the time. */
async function seen(headers: Headers) {
  const answers = [
    await harness.anonymous.get("/api/me", { headers }),
    await harness.anonymous.query("me.read", {}, { headers }),
  ];
  return answers.map(({ status, text, headers: answered }) => ({
    status,
    text: text.replace(/"requestId":"[^"]*"/, '"requestId":""'),
    names: [...answered.keys()].toSorted(),
    realm: answered.get("www-authenticate"),
  }));
}

/** The same, as a proxy sees it that hands a certificate on. */
async function seenByProxy(headers: Headers) {
  const ask = async (path: string) => {
    const { port } = new URL(harness.url);
    const sent = request({ host: "127.0.0.1", port, localAddress: RFC9440_PROXY, path, headers });
    sent.end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const text = await textOf(response);
    return {
      status: response.statusCode,
      text: text.replace(/"requestId":"[^"]*"/, '"requestId":""'),
      names: Object.keys(response.headers).toSorted(),
      realm: response.headers["www-authenticate"],
    };
  };
  return [await ask("/api/me"), await ask("/trpc/me.read?input=%7B%7D")];
}

describe("a wrong credential", () => {
  it("gets the same 401, whatever was wrong, on both faces", async () => {
    const expected = await seen({});
    expect(expected.map(({ status }) => status)).toEqual([401, 401]);
    for (const [what, make] of Object.entries(WRONG)) {
      expect(await seen(await make()), what).toEqual(expected);
    }
  });

  it("gets it too when it is a certificate, whatever was wrong", async () => {
    const expected = await seenByProxy({});
    expect(expected.map(({ text }) => text)).toEqual((await seen({})).map(({ text }) => text));
    const show = ({ der }: MadeCertificate) => ({ "client-cert": `:${der.toString("base64")}:` });
    const right = makeClientCertificate(mtls.authority, mtls.uri);
    expect((await seenByProxy(show(right))).map(({ status }) => status)).toEqual([200, 200]);
    for (const [what, make] of Object.entries(WRONG_CERTIFICATES)) {
      expect(await seenByProxy(show(make())), what).toEqual(expected);
    }
    expect(await seenByProxy({ "client-cert": "no certificate" })).toEqual(expected);
  });

  it("that has ended was right before", async () => {
    const { status } = await harness.anonymous.get("/api/me", {
      headers: await tokenOfBefore(LIFE_MS - 60_000),
    });
    expect(status).toBe(200);
  });

  it("that is well formed takes about the same time, whatever was wrong", async () => {
    const kinds: (() => Headers)[] = [
      () => key(nobody(), nobody()),
      () => key(tenant.id, nobody()),
      () => key(tenant.id, service.credentialId),
      () => session(nobody(), nobody()),
      () => session(tenant.id, person.credentialId),
    ];
    const times = kinds.map((): number[] => []);
    // In turns, so that whatever else this machine does hits all of them alike.
    for (let round = 0; round < 80; round += 1) {
      for (const [at, make] of kinds.entries()) {
        const headers = make();
        const start = performance.now();
        await harness.anonymous.get("/api/me", { headers });
        times[at]?.push(performance.now() - start);
      }
    }
    const medians = times.map((each) => each.toSorted((a, b) => a - b)[each.length / 2] ?? 0);
    expect(Math.max(...medians) / Math.min(...medians), medians.join()).toBeLessThan(2);
  }, 60_000);
});
