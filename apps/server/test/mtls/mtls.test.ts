import { writeFile } from "node:fs/promises";
import { makeClientCertificate, makeAuthority } from "@aic-sos/testkit/make-certificate";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import {
  makeService,
  makeMtlsHome,
  type MtlsHome,
  type MtlsStage,
  registerAuthority,
} from "./stage.ts";
import { startMtlsStage, uriOf, writeServerCertificate } from "./stage.ts";
import { askOnce, type TlsAnswer, type TlsCaller, tlsCaller } from "./tls-caller.ts";

let stage: MtlsStage;
let home: MtlsHome;
let neighbour: MtlsHome;
const open: TlsCaller[] = [];

beforeAll(async () => {
  stage = await startMtlsStage();
  home = await makeMtlsHome(stage);
  neighbour = await makeMtlsHome(stage);
});
afterEach(() => {
  for (const used of open.splice(0)) used.close();
});
afterAll(() => stage.stop());

type Made = Parameters<typeof tlsCaller>[1];

function caller(own?: Made, above: Parameters<typeof tlsCaller>[2] = []): TlsCaller {
  const made = tlsCaller(stage.mtlsPort, own, above);
  open.push(made);
  return made;
}

const shown = (answer: TlsAnswer) => [
  answer.status,
  (answer.body as { reason?: string } | undefined)?.reason,
];
const REFUSED = [401, "unauthenticated"];
const service = () => makeClientCertificate(home.authority, home.uri);

describe("a service with a certificate", () => {
  it("is the service that the certificate names, with its rights and no others", async () => {
    const bot = caller(service());
    const me = await bot.get("/api/me");
    expect(me.body).toMatchObject({
      principal: { id: home.service.id, kind: "service", authentication: "client_certificate" },
      tenant: { id: home.place.tenant.id },
    });
    const workspaceId = home.place.workspace.id;
    expect((await bot.get(`/api/workflows/${workspaceId}`)).status).toBe(200);
    const input = encodeURIComponent(JSON.stringify({ workspaceId }));
    expect((await bot.get(`/trpc/workflow.list?input=${input}`)).status).toBe(200);
    expect(shown(await bot.get(`/api/services?workspaceId=${workspaceId}`))).toEqual([
      403,
      "role_lacks_permission",
    ]);
    expect((await bot.get(`/api/workflows/${neighbour.place.workspace.id}`)).status).toBe(404);
  });

  it("changes things, and each event says that it called with a certificate", async () => {
    const body = { workflowId: home.place.workflowId, inputs: { ticket: "INC1002" } };
    const workspaceId = home.place.workspace.id;
    const made = await caller(service()).send("POST", "/api/runs", {
      body: { ...body, workspaceId },
    });
    expect(made.status).toBe(201);
    const id = String(made.headers["aic-audit-id"]);
    const events = await auditTrail(stage.cells, stage.us, { id });
    expect(events).toMatchObject([
      {
        type: "run.created",
        actor: { id: home.service.id, authentication: "client_certificate" },
      },
    ]);
  });

  it("may have been issued by a CA below the registered one, on each of its connections", async () => {
    const middle = makeAuthority({ commonName: "Middle", issuer: home.authority });
    const own = makeClientCertificate(middle, home.uri);
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      // A resumed session would bring the certificate without those above it.
      const first = await askOnce({ port: stage.mtlsPort, own, above: [middle], version });
      const { session } = first;
      const next = await askOnce({ port: stage.mtlsPort, own, above: [middle], version, session });
      expect([first.status, next.status, next.reused]).toEqual([200, 200, false]);
    }
    expect(shown(await caller(makeClientCertificate(middle, home.uri)).get("/api/me"))).toEqual(
      REFUSED,
    );
  });

  it("may come with the registered CA itself, which is its own issuer", async () => {
    const middle = makeAuthority({ commonName: "Middle", issuer: home.authority });
    const own = makeClientCertificate(middle, home.uri);
    const above = [middle, home.authority];
    const { status } = await askOnce({ port: stage.mtlsPort, own, above, version: "TLSv1.3" });
    expect(status).toBe(200);
  });

  it("is noted with its use, and so is its CA", { timeout: 20_000 }, async () => {
    expect((await caller(service()).get("/api/me")).status).toBe(200);
    const lastUse = async () => {
      const list = await home.boss.get("/api/client-authorities");
      const { items } = list.body as { items: { id: string; lastUsedAt: string | null }[] };
      return items.find(({ id }) => id === home.authorityId)?.lastUsedAt ?? null;
    };
    await expect.poll(lastUse, { timeout: 15_000, interval: 500 }).not.toBeNull();
  });
});

describe("on the port of client certificates", () => {
  it("nobody gets anything without a valid one but the answer to a health check", async () => {
    const stranger = makeClientCertificate(makeAuthority(), home.uri);
    for (const nobody of [caller(), caller(stranger), caller(makeAuthority())]) {
      for (const path of [
        "/",
        "/api/me",
        "/trpc/me.read",
        "/metrics",
        "/auth/login",
        "/docs/errors",
      ]) {
        expect([path, ...shown(await nobody.get(path))]).toEqual([path, ...REFUSED]);
      }
      expect((await nobody.get("/health")).status).toBe(200);
      expect((await nobody.get("/readiness")).status).toBe(200);
    }
  });

  it("a key or a session is no way around the certificate", async () => {
    const { headers } = home.place.admin;
    const key = { authorization: `Bearer ${stage.config.platformKey}` };
    for (const own of [headers, key]) {
      expect(shown(await caller().get("/api/me", { headers: own }))).toEqual(REFUSED);
    }
  });

  it("a page of another site cannot use a browser's certificate", async () => {
    const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const answer = await caller(service()).send("POST", "/api/runs", { headers, body: {} });
    expect(answer.body).toMatchObject({ code: "cross_site" });
  });
});

describe("a certificate", () => {
  it("counts only under a CA of the tenant that it names", async () => {
    const forged = makeClientCertificate(neighbour.authority, home.uri);
    expect(shown(await caller(forged).get("/api/me"))).toEqual(REFUSED);
    const honest = makeClientCertificate(neighbour.authority, neighbour.uri);
    expect((await caller(honest).get("/api/me")).status).toBe(200);
  });

  it("of a CA that two tenants registered lets each one's services into its own tenant", async () => {
    const shared = makeAuthority();
    for (const { boss } of [home, neighbour]) await registerAuthority(boss, shared);
    for (const { uri, place } of [home, neighbour]) {
      const me = await caller(makeClientCertificate(shared, uri)).get("/api/me");
      expect(me.body).toMatchObject({ tenant: { id: place.tenant.id } });
    }
  });

  it("for a service that is not there, or for a person, is of no use", async () => {
    const { place } = home;
    for (const name of ["nobody", place.admin.person.id]) {
      const own = makeClientCertificate(home.authority, uriOf(place, name));
      expect(shown(await caller(own).get("/api/me"))).toEqual(REFUSED);
    }
  });

  it("that names another region than its tenant's is refused, and a security event of the tenant", async () => {
    const uri = uriOf(home.place, home.service.name, stage.eu.region);
    const bot = caller(makeClientCertificate(home.authority, uri));
    for (let turn = 0; turn < 2; turn += 1) {
      expect(shown(await bot.get("/api/me"))).toEqual([403, "region_mismatch"]);
    }
    const type = "security.region_mismatch";
    const all = await auditTrail(stage.cells, stage.us, { type });
    const events = all.filter(({ actor }) => actor.id === home.service.id);
    expect(events.length).toBeGreaterThanOrEqual(2);
    expect(events[0]).toMatchObject({
      tenantId: home.place.tenant.id,
      actor: { id: home.service.id, authentication: "client_certificate" },
    });
  });

  it("ends when it ends, also on a connection that stays open", async () => {
    const own = makeClientCertificate(home.authority, home.uri, { notAfter: 3_000 });
    const bot = caller(own);
    expect((await bot.get("/api/me")).status).toBe(200);
    await expect
      .poll(async () => shown(await bot.get("/api/me")), { timeout: 8_000, interval: 300 })
      .toEqual(REFUSED);
  });

  it("of a disabled service is refused at the next request, and taken again once it is enabled", async () => {
    const bot = await makeService(home.place);
    const own = makeClientCertificate(home.authority, uriOf(home.place, bot.name));
    const calls = caller(own);
    const runs = `/api/runs?workspaceId=${home.place.workspace.id}`;
    expect((await calls.get(runs)).status).toBe(200);
    await home.place.admin.post(`/api/services/${bot.id}/disable`);
    expect(shown(await calls.get(runs))).toEqual([403, "principal_disabled"]);
    await home.place.admin.post(`/api/services/${bot.id}/enable`);
    expect((await calls.get(runs)).status).toBe(200);
  });
});

describe("the server's own certificate", () => {
  const fingerprint = async () => (await caller().get("/health")).serverFingerprint;

  it("is taken anew without a restart, and without an end to connections", async () => {
    const before = caller(service());
    expect((await before.get("/api/me")).status).toBe(200);
    const old = await fingerprint();
    await writeServerCertificate(stage);
    await stage.reloadCertificate();
    expect(await fingerprint()).not.toBe(old);
    expect((await before.get("/api/me")).serverFingerprint).toBe(old);
    expect((await caller(service()).get("/api/me")).status).toBe(200);
  });

  it("stays as it was when the new files are of no use, which the log says once", async () => {
    const old = await fingerprint();
    const told = () => stage.log.filter((line) => line.includes("not reloaded")).length;
    await writeFile(stage.certificateFile, makeAuthority().pem);
    for (let turn = 0; turn < 2; turn += 1) await stage.reloadCertificate();
    expect(told()).toBe(1);
    await writeFile(stage.certificateFile, "no certificate");
    await stage.reloadCertificate();
    expect(told()).toBe(2);
    expect(await fingerprint()).toBe(old);
    await writeServerCertificate(stage);
    await stage.reloadCertificate();
    expect(await fingerprint()).not.toBe(old);
  });
});
