import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Stage, startStage } from "../sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let stage: Stage;
let home: Awaited<ReturnType<typeof makeHome>>;
let admin: Actor;
let count = 0;
let domain: string;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage?.stop());

beforeEach(async () => {
  count += 1;
  domain = `corp-${count}.test`;
  home = await makeHome(stage.harness, stage.harness.us);
  admin = await makeActor(stage.harness, home.tenant, { role: "WorkspaceAdmin" });
});

interface Claimed {
  readonly id: string;
  readonly record: { readonly name: string; readonly value: string };
}

async function claim(who: Actor = admin): Promise<Claimed> {
  const answer = await who.post("/api/email-domains", { domain: domain.toUpperCase() });
  expect([answer.status, answer.body]).toMatchObject([201, { domain, provedAt: null }]);
  return answer.body as Claimed;
}

async function proved(who: Actor = admin): Promise<Claimed> {
  const claimed = await claim(who);
  const { name, value } = claimed.record;
  stage.harness.outside.txt.set(name, [...(stage.harness.outside.txt.get(name) ?? []), value]);
  expect((await who.post(`/api/email-domains/${claimed.id}/prove`)).status).toBe(200);
  return claimed;
}

const loginOf = async (email: string) =>
  (await stage.harness.anonymous.get(`/auth/login?email=${encodeURIComponent(email)}`)).headers.get(
    "location",
  ) ?? "";

describe("an email domain", () => {
  it("is proved by its TXT record alone, which only that tenant is told", async () => {
    const { id, record } = await claim();
    const path = `/api/email-domains/${id}/prove`;
    expect(record.name).toBe(`_aic-sos-challenge.${domain}`);
    // Under one idempotency key, too, which keeps no failure.
    const sent = { headers: { "idempotency-key": "prove" } };
    for (const missing of [await admin.post(path, {}, sent), await admin.post(path, {}, sent)])
      expect([missing.status, missing.body]).toMatchObject([422, { code: "domain_not_proved" }]);
    const rival = await makeHome(stage.harness, stage.harness.us);
    const other = await claim(
      await makeActor(stage.harness, rival.tenant, { role: "WorkspaceAdmin" }),
    );
    expect(other.record.value).not.toBe(record.value);
    stage.harness.outside.txt.set(record.name, [other.record.value, "v=spf1 -all"]);
    expect((await admin.post(path)).status).toBe(422);
    expect(await loginOf(`ana@${domain}`)).toBe("/login?error=domain_unknown");
    stage.harness.outside.txt.set(record.name, ["v=spf1 -all", record.value]);
    const done = await admin.post(path, {}, sent);
    expect([done.status, done.body]).toMatchObject([200, { provedAt: expect.any(String) }]);
    const of = { tenantId: home.tenant.id, type: "email_domain.proved" } as const;
    expect(await auditTrail(stage.harness.cells, stage.harness.us, of)).toHaveLength(1);
  });

  it("leads to the login of its tenant, whoever asks: that a user exists does not show", async () => {
    await proved();
    const { person } = await makeActor(stage.harness, home.tenant, { role: "Operator" });
    const db = await stage.harness.cells.superuser(stage.harness.us);
    await db.query("update users set email = $1 where tenant_id = $2 and id = $3", [
      `known@${domain}`,
      home.tenant.id,
      person.id,
    ]);
    const shapeOf = async (local: string) => {
      const url = new URL(await loginOf(`${local}@${domain}`));
      expect(url.searchParams.get("login_hint")).toBe(`${local}@${domain}`);
      for (const name of ["login_hint", "state", "nonce", "code_challenge"])
        url.searchParams.delete(name);
      return url.href;
    };
    expect(await shapeOf("known")).toBe(await shapeOf("unknown"));
    expect(await shapeOf("known")).toMatch(stage.standard.issuer);
  });

  it("of nobody says only that, also for what is no address", async () => {
    for (const email of ["ana@nobody-owns.test", "ana", "@", "ana@", `ana@${domain}`, "a@b"]) {
      expect(await loginOf(email), email).toBe("/login?error=domain_unknown");
    }
  });

  it("that two tenants proved lets the person choose", async () => {
    await proved();
    const other = await makeHome(stage.harness, stage.harness.eu);
    await proved(await makeActor(stage.harness, other.tenant, { role: "WorkspaceAdmin" }));
    const location = new URL(await loginOf(`ana@${domain}`), stage.harness.url);
    expect(location.pathname).toBe("/login");
    expect(location.searchParams.get("tenants")?.split(",").toSorted()).toEqual(
      [home.tenant, other.tenant].map(({ slug, region }) => `${slug}@${region}`).toSorted(),
    );
  });

  it("given to one provider leads to that provider", async () => {
    const { id } = await proved();
    const { issuer, clientId, clientSecret } = stage.partner;
    const { issuer: another, ...client } = stage.standard;
    await admin.post("/api/identity-providers", {
      name: "Corp",
      issuer: another,
      clientId: client.clientId,
      clientSecret: client.clientSecret,
    });
    const saved = await admin.post("/api/identity-providers", {
      name: "Partner",
      issuer,
      clientId,
      clientSecret,
      emailDomains: [domain],
    });
    expect([saved.status, saved.body]).toMatchObject([
      201,
      { identityProvider: { emailDomains: [domain] } },
    ]);
    expect(await loginOf(`ana@${domain}`)).toMatch(issuer);
    const wrong = await admin.post("/api/identity-providers", {
      name: "Twice",
      issuer: stage.harness.outside.issuer,
      clientId,
      clientSecret,
      emailDomains: ["not-ours.test"],
    });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("not-ours.test")]);
    const providerId = (saved.body as { identityProvider: { id: string } }).identityProvider.id;
    expect((await admin.delete(`/api/identity-providers/${providerId}`)).status).toBe(200);
    const list = await admin.get("/api/email-domains");
    expect(list.body).toMatchObject({ items: [{ id, identityProviderId: null }] });
  });

  it("whose record is gone leads nobody here, once that was looked up", async () => {
    const { id, record } = await proved();
    stage.harness.outside.txt.delete(record.name);
    expect((await admin.post(`/api/email-domains/${id}/prove`)).status).toBe(422);
    expect(await loginOf(`ana@${domain}`)).toBe("/login?error=domain_unknown");
  });

  it("is claimed once in a tenant, and given up", async () => {
    const { id } = await claim();
    expect((await admin.post("/api/email-domains", { domain })).status).toBe(409);
    expect((await admin.delete(`/api/email-domains/${id}`)).status).toBe(200);
    expect((await admin.delete(`/api/email-domains/${id}`)).status).toBe(404);
  });

  it.each([
    "localhost",
    "corp",
    "-a.test",
    "a..test",
    "a.test.",
    "corp.test/",
    "1.2.3.4",
    "a b.test",
  ])("is not %s", async (text) => {
    const answer = await admin.post("/api/email-domains", { domain: text });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("domain")]);
  });
});
