import {
  makeAuthority,
  makeClientCertificate,
  type MadeCertificate,
} from "@aic-sos/testkit/make-certificate";
import { consume } from "@aic-sos/db/rate-limit";
import { platformTenantId } from "@aic-sos/contract/ids";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { httpCaller } from "../http-caller.ts";
import { postForm } from "../native-app.ts";
import { type Replica, startSecondServer } from "../second-server.ts";
import {
  makeMtlsHome,
  makeService,
  type MtlsHome,
  type MtlsStage,
  registerAuthority,
  startMtlsStage,
  uriOf,
} from "./stage.ts";
import { tlsCaller } from "./tls-caller.ts";

let stage: MtlsStage;
let second: Replica;
let home: MtlsHome;
let own: MadeCertificate;

beforeAll(async () => {
  stage = await startMtlsStage({ certificateProxy: "127.0.0.1" });
  second = await startSecondServer(stage);
  home = await makeMtlsHome(stage);
  own = makeClientCertificate(home.authority, home.uri);
});
afterAll(async () => {
  await second?.stop();
  await stage?.stop();
});

/** Over a connection with that certificate. */
async function ask(
  certificate: MadeCertificate | undefined,
  form: Readonly<Record<string, string>>,
) {
  const caller = tlsCaller(stage.mtlsPort, certificate);
  const answer = await caller.send("POST", "/auth/token", { form });
  caller.close();
  return answer;
}

async function tokenOf(certificate: MadeCertificate, name = home.service.name): Promise<string> {
  const answer = await ask(certificate, { grant_type: "client_credentials", client_id: name });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (answer.body as { access_token: string }).access_token;
}

/** Uses a token over TLS, and on the plain port as a proxy hands the certificate on. */
async function use(token: string, certificate?: MadeCertificate) {
  const authorization = `Bearer ${token}`;
  const overTls = tlsCaller(stage.mtlsPort, certificate);
  const direct = await overTls.get("/api/me", { headers: { authorization } });
  overTls.close();
  const handedOn = certificate && { "client-cert": `:${certificate.der.toString("base64")}:` };
  const there = httpCaller(second.url, { authorization, ...handedOn });
  return [direct.status, (await there.get("/api/me")).status];
}

describe("a token for a service with a certificate", () => {
  it("is the service, for a quarter of an hour, bound to the certificate, and has no refresh token", async () => {
    const answer = await ask(own, {
      grant_type: "client_credentials",
      client_id: home.service.name,
    });
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 900,
    });
    const { access_token: token } = answer.body as { access_token: string };
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({
      sub: home.service.id,
      aud: "aic-sos",
      cnf: { "x5t#S256": expect.stringMatching(/^[\w-]{43}$/) },
    });
    const caller = tlsCaller(stage.mtlsPort, own);
    const me = await caller.get("/api/me", { headers: { authorization: `Bearer ${token}` } });
    expect(me.body).toMatchObject({
      principal: { id: home.service.id, kind: "service", authentication: "access_token" },
    });
    caller.close();
    expect(await use(token, own)).toEqual([200, 200]);
  });

  it("is of no use without that certificate: none, another of the same service, another service's", async () => {
    const token = await tokenOf(own);
    expect(await use(token)).toEqual([401, 401]);
    expect(await use(token, makeClientCertificate(home.authority, home.uri))).toEqual([401, 401]);
    const bot = await makeService(home.place);
    const other = makeClientCertificate(home.authority, uriOf(home.place, bot.name));
    expect(await use(token, other)).toEqual([401, 401]);
    expect(await use(token, own)).toEqual([200, 200]);
  });

  it("ends with the CA, the service, and what it was issued for", async () => {
    const authority = makeAuthority();
    const id = await registerAuthority(home.boss, authority);
    const bot = await makeService(home.place);
    const certificate = makeClientCertificate(authority, uriOf(home.place, bot.name));
    const token = await tokenOf(certificate, bot.name);
    expect(await use(token, certificate)).toEqual([200, 200]);
    await home.place.admin.post(`/api/services/${bot.id}/disable`);
    expect(await use(token, certificate)).toEqual([403, 403]);
    await home.place.admin.post(`/api/services/${bot.id}/enable`);
    expect(await use(token, certificate)).toEqual([200, 200]);
    await home.boss.delete(`/api/client-authorities/${id}`);
    expect(await use(token, certificate)).toEqual([401, 401]);
  });

  it("is not issued any more from the moment on that the service is disabled, or the CA removed", async () => {
    const authority = makeAuthority();
    const id = await registerAuthority(home.boss, authority);
    const bot = await makeService(home.place);
    const certificate = makeClientCertificate(authority, uriOf(home.place, bot.name));
    const form = { grant_type: "client_credentials", client_id: bot.name };
    await tokenOf(certificate, bot.name);
    await home.place.admin.post(`/api/services/${bot.id}/disable`);
    expect((await ask(certificate, form)).status).toBe(401);
    await home.place.admin.post(`/api/services/${bot.id}/enable`);
    await tokenOf(certificate, bot.name);
    await home.boss.delete(`/api/client-authorities/${id}`);
    expect((await ask(certificate, form)).status).toBe(401);
  });
});

describe("a token whose certificate ends before it", () => {
  it("says so: it is good for no longer than that", async () => {
    const short = makeClientCertificate(home.authority, home.uri, { notAfter: 60_000 });
    const form = { grant_type: "client_credentials", client_id: home.service.name };
    const { expires_in: seconds } = (await ask(short, form)).body as { expires_in: number };
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});

describe("the token endpoint", () => {
  it("gives a service nothing without its certificate, or by another's name", async () => {
    const form = { grant_type: "client_credentials", client_id: home.service.name };
    expect((await ask(undefined, form)).status).toBe(401);
    const stranger = makeClientCertificate(makeAuthority(), home.uri);
    expect((await ask(stranger, form)).status).toBe(401);
    const plain = await postForm(stage.url, "/auth/token", form);
    expect([plain.status, plain.body]).toMatchObject([401, { error: "invalid_client" }]);
    const byName = await ask(own, { ...form, client_id: "another" });
    expect([byName.status, byName.body]).toMatchObject([401, { error: "invalid_client" }]);
    const nameless = await ask(own, { grant_type: "client_credentials" });
    expect([nameless.status, nameless.body]).toMatchObject([400, { error: "invalid_request" }]);
  });

  it("issues nothing else on the port of client certificates, so that all of its tokens are bound", async () => {
    for (const grant of ["authorization_code", "refresh_token", "password"]) {
      const answer = await ask(own, { grant_type: grant, client_id: "aic-sos-cli", code: "x" });
      expect(answer.body).toMatchObject({ error: "unsupported_grant_type" });
    }
  });

  it("says so in its metadata", async () => {
    const { body } = await stage.anonymous.get("/.well-known/oauth-authorization-server");
    expect(body).toMatchObject({
      grant_types_supported: expect.arrayContaining(["client_credentials"]),
      token_endpoint_auth_methods_supported: ["none", "tls_client_auth"],
      tls_client_certificate_bound_access_tokens: true,
    });
  });
});

describe("a certificate that a proxy hands on to the token endpoint", () => {
  /** Asks for a token on the plain port, from that address. */
  function askBehindProxy({ der }: MadeCertificate, address: string) {
    const raw = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: home.service.name,
    }).toString();
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "client-cert": `:${der.toString("base64")}:`,
      "x-forwarded-for": address,
    };
    return httpCaller(stage.url).send("POST", "/auth/token", undefined, { raw, headers });
  }

  it("is counted when it is wrong, and limited for each address as every wrong key is", async () => {
    const wrong = makeClientCertificate(makeAuthority(), home.uri);
    const { code } = stage.us;
    const used = { tenantId: platformTenantId(code), type: "security.unauthenticated" } as const;
    const before = (await auditTrail(stage.cells, stage.us, used)).length;
    expect((await askBehindProxy(wrong, "198.51.100.20")).status).toBe(401);
    await vi.waitFor(async () => {
      const events = await auditTrail(stage.cells, stage.us, used);
      expect(events.length).toBeGreaterThan(before);
    }, 20_000);
    const limit = { points: 300, seconds: 60 };
    await Promise.all(
      Array.from({ length: limit.points }, () =>
        consume(code, "address wrong keys", "198.51.100.20", limit),
      ),
    );
    const answer = await askBehindProxy(wrong, "198.51.100.20");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await askBehindProxy(own, "198.51.100.20")).status).toBe(200);
  });

  it("is a security event where it names another region than its tenant's, or one that is not here", async () => {
    const misplaced = makeClientCertificate(
      home.authority,
      uriOf(home.place, home.service.name, "eu-west-1"),
    );
    expect((await askBehindProxy(misplaced, "198.51.100.21")).status).toBe(401);
    const theirs = { tenantId: home.place.tenant.id, type: "security.region_mismatch" } as const;
    expect(await auditTrail(stage.cells, stage.us, theirs)).toMatchObject([
      { actor: { id: home.service.id, authentication: "client_certificate" }, outcome: "deny" },
    ]);
    const elsewhere = makeClientCertificate(
      home.authority,
      home.uri.replace(home.place.tenant.id, freshId(0x777)),
    );
    expect((await askBehindProxy(elsewhere, "198.51.100.21")).status).toBe(401);
    const nobodys = { tenantId: platformTenantId(1), type: "security.region_mismatch" } as const;
    await expect
      .poll(() => auditTrail(stage.cells, stage.us, nobodys))
      .toMatchObject([{ actor: { id: "unauthenticated" }, reason: "region_mismatch" }]);
  });
});
