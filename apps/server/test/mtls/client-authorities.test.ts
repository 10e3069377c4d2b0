import { type ClientAuthority, MAX_CLIENT_AUTHORITIES } from "@aic-sos/contract/client-authorities";
import {
  makeAuthority,
  makeCertificate,
  makeClientCertificate,
} from "@aic-sos/testkit/make-certificate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { httpCaller } from "../http-caller.ts";
import { freshName } from "../places.ts";
import { problemIn } from "../procedure-calls.ts";
import { type Replica, startSecondServer } from "../second-server.ts";
import { makeActor } from "../world.ts";
import {
  makeMtlsHome,
  type MtlsHome,
  type MtlsStage,
  registerAuthority,
  startMtlsStage,
} from "./stage.ts";
import { tlsCaller } from "./tls-caller.ts";

let stage: MtlsStage;
let second: Replica;
let home: MtlsHome;
let neighbour: MtlsHome;

beforeAll(async () => {
  stage = await startMtlsStage();
  second = await startSecondServer(stage);
  home = await makeMtlsHome(stage);
  neighbour = await makeMtlsHome(stage);
});
afterAll(async () => {
  await second?.stop();
  await stage?.stop();
});

const register = (certificatePem: string, { boss } = home) =>
  boss.post("/api/client-authorities", { name: freshName("CA"), certificatePem });

async function listed({ boss } = home): Promise<ClientAuthority[]> {
  const { body } = await boss.get("/api/client-authorities?limit=100");
  return (body as { items: ClientAuthority[] }).items;
}

describe("a CA", () => {
  it("is registered by who administers the whole tenant, and listed with what identifies it", async () => {
    const made = makeAuthority({ commonName: "Acme Services CA" });
    const answer = await register(made.pem);
    expect(answer.status, answer.text).toBe(201);
    const { id } = answer.body as ClientAuthority;
    expect((await listed()).find((one) => one.id === id)).toMatchObject({
      subject: "CN=Acme Services CA",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      lastUsedAt: null,
      createdBy: home.boss.person.id,
    });
    expect(JSON.stringify(await listed(neighbour))).not.toContain(id);
    const page = await home.boss.get("/api/client-authorities");
    expect(`${(page.body as { namePrefix: string }).namePrefix}${home.service.name}`).toBe(
      home.uri,
    );
    await home.boss.delete(`/api/client-authorities/${id}`);
    const events = await auditTrail(stage.cells, stage.us, { class: "change" });
    expect(events.filter(({ resource }) => resource?.id === id).map(({ type }) => type)).toEqual([
      "client_authority.registered",
      "client_authority.removed",
    ]);
  });

  it("of one workspace there is none: its administrator registers and removes nothing", async () => {
    const answers = [
      await home.place.admin.post("/api/client-authorities", {
        name: "mine",
        certificatePem: makeAuthority().pem,
      }),
      await home.place.admin.delete(`/api/client-authorities/${home.authorityId}`),
      await home.place.admin.get("/api/client-authorities"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it("can be read by a tenant's auditor, who changes nothing", async () => {
    const auditor = await makeActor(stage, home.place.tenant, { role: "Auditor" });
    expect((await auditor.get("/api/client-authorities")).status).toBe(200);
    expect((await auditor.delete(`/api/client-authorities/${home.authorityId}`)).status).toBe(403);
  });

  it("is refused with the reason, when it is none that could be trusted", async () => {
    for (const [pem, words] of [
      [makeCertificate().pem, "is not one of a CA"],
      [makeAuthority({ notAfter: -1_000 }).pem, "has expired"],
      [makeAuthority({ key: "rsa1024" }).pem, "weak key"],
      ["hello", "must be one certificate in PEM"],
    ] as const) {
      const answer = await register(pem);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(problemIn(answer)?.["errors"])).toContain(words);
    }
  });

  it("with its private key is refused, and nothing of the key is kept or said", async () => {
    const made = makeAuthority();
    const answer = await register(made.pem + made.keyPem);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("must stay with the CA");
    const secret = made.keyPem.split("\n")[1] ?? "";
    expect(answer.text + stage.log.join("\n")).not.toContain(secret);
  });

  it("is registered once in a tenant, and in another one all the same", async () => {
    const { pem } = makeAuthority();
    expect((await register(pem)).status).toBe(201);
    const again = await register(pem);
    expect([again.status, problemIn(again)?.["code"]]).toEqual([409, "already_exists"]);
    expect((await register(pem, neighbour)).status).toBe(201);
  });

  it("of another tenant can be neither seen nor removed", async () => {
    const answer = await neighbour.boss.delete(`/api/client-authorities/${home.authorityId}`);
    expect(answer.status).toBe(404);
  });

  it("that is one too many is refused, also when two come at once", async () => {
    const third = await makeMtlsHome(stage);
    while ((await listed(third)).length < MAX_CLIENT_AUTHORITIES - 1) {
      await registerAuthority(third.boss, makeAuthority());
    }
    const [one, other] = [makeAuthority().pem, makeAuthority().pem];
    const answers = await Promise.all([register(one, third), register(other, third)]);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map((answer) => [answer.status, problemIn(answer)?.["code"]])).toEqual([
      [409, "conflict"],
    ]);
    expect(await listed(third)).toHaveLength(MAX_CLIENT_AUTHORITIES);
  });
});

describe("the removal of a CA", () => {
  it("ends every certificate under it at the next request, on this server and on another", async () => {
    for (let round = 0; round < 3; round += 1) {
      const authority = makeAuthority();
      const id = await registerAuthority(home.boss, authority);
      const own = makeClientCertificate(authority, home.uri);
      const callers = [stage.mtlsPort, second.mtlsPort ?? 0].map((port) => tlsCaller(port, own));
      const here = `/api/workflows/${home.place.workspace.id}`;
      for (const caller of [...callers, ...callers])
        expect((await caller.get(here)).status).toBe(200);
      const removed = await home.boss.delete(`/api/client-authorities/${id}`);
      expect(removed.status).toBe(200);
      const answers = await Promise.all(callers.map((caller) => caller.get(here)));
      expect(answers.map(({ status }) => status)).toEqual([401, 401]);
      for (const caller of callers) caller.close();
    }
  });

  it("leaves the tenant's other CAs, and other tenants', as they are", async () => {
    const id = await registerAuthority(home.boss, makeAuthority());
    const callers = [home, neighbour].map(({ authority, uri }) =>
      tlsCaller(stage.mtlsPort, makeClientCertificate(authority, uri)),
    );
    for (const caller of callers) expect((await caller.get("/api/me")).status).toBe(200);
    await home.boss.delete(`/api/client-authorities/${id}`);
    for (const caller of callers) expect((await caller.get("/api/me")).status).toBe(200);
    for (const caller of callers) caller.close();
  });
});

describe("registering CAs", () => {
  it("has a limit that all servers share", async () => {
    const busy = await makeMtlsHome(stage);
    const there = httpCaller(second.url, busy.boss.headers);
    const tries: number[] = [];
    for (let at = 0; at < 32 && tries.at(-1) !== 429; at += 1) {
      const by = at % 2 === 0 ? busy.boss : there;
      const body = { name: "CA", certificatePem: "none" };
      const answer = await by.post("/api/client-authorities", body);
      tries.push(answer.status);
      if (answer.status === 429)
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    // One was registered with the home.
    expect([tries.length, tries.at(-1)]).toEqual([30, 429]);
  });
});
