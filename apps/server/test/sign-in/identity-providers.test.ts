import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { metadataOf } from "../outside.ts";
import { type Stage, startStage } from "../sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let stage: Stage;
let home: Awaited<ReturnType<typeof makeHome>>;
let admin: Actor;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage?.stop());

beforeEach(async () => {
  home = await makeHome(stage.harness, stage.harness.us);
  admin = await makeActor(stage.harness, home.tenant, { role: "WorkspaceAdmin" });
});

const partner = () => {
  const { issuer, clientId, clientSecret } = stage.partner;
  return { name: "Partner", issuer, clientId, clientSecret };
};

async function add(body: object) {
  const answer = await admin.post("/api/identity-providers", body);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as { identityProvider: { id: string }; discovery: object };
}

describe("an identity provider of a tenant", () => {
  it("is saved with what its discovery found, and its secret is sealed and never shown", async () => {
    const saved = await add(partner());
    expect(saved).toMatchObject({
      identityProvider: {
        name: "Partner",
        issuer: stage.partner.issuer,
        confidential: true,
        state: "active",
      },
      discovery: { usable: true, problem: null, pkce: "advertised", endSession: true },
    });
    const list = await admin.get("/api/identity-providers");
    expect(JSON.stringify(saved) + list.text).not.toContain(stage.partner.clientSecret);
    const db = await stage.harness.cells.superuser(stage.harness.us);
    // A bytea shows as hex there.
    const { rows } = await db.query<{ row: string }>(
      "select to_jsonb(p)::text as row from identity_providers p where tenant_id = $1",
      [home.tenant.id],
    );
    const secret = Buffer.from(stage.partner.clientSecret);
    for (const form of ["latin1", "hex", "base64", "base64url"] as const) {
      expect(rows[0]?.row).not.toContain(secret.toString(form));
    }
    const of = { tenantId: home.tenant.id, type: "identity_provider.created" } as const;
    expect(await auditTrail(stage.harness.cells, stage.harness.us, of)).toHaveLength(1);
  });

  it.each([
    [
      "wrong_issuer",
      () => ({ body: { ...metadataOf("http://localhost:1"), issuer: "https://other.test" } }),
    ],
    [
      "no_pkce",
      (own: string) => ({
        body: { ...metadataOf(own), code_challenge_methods_supported: ["plain"] },
      }),
    ],
    [
      "no_usable_algorithm",
      (own: string) => ({
        body: { ...metadataOf(own), id_token_signing_alg_values_supported: ["HS256", "none"] },
      }),
    ],
    [
      "provider_not_allowed",
      () => ({ status: 302, headers: { location: "http://127.0.0.1:9/" }, body: {} }),
    ],
    ["provider_unreachable", () => ({ status: 503, body: {} })],
    ["provider_invalid", () => ({ body: { issuer: 5 } })],
  ] as const)("is not saved when it cannot be used, and says why: %s", async (code, answer) => {
    stage.harness.outside.answer = answer;
    const refused = await admin.post("/api/identity-providers", {
      name: "Fake",
      issuer: stage.harness.outside.issuer,
      clientId: "x",
      clientSecret: "y",
    });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: "identity_provider_refused",
      errors: [{ field: "issuer", message: expect.stringContaining(code) }],
    });
    expect((await admin.get("/api/identity-providers")).body).toMatchObject({ items: [] });
  });

  it.each([
    ["http://10.0.0.7/", "provider_insecure"],
    ["https://127.0.0.1/", "provider_not_allowed"],
    ["https://2130706433/", "provider_not_allowed"],
    ["https://[::ffff:169.254.169.254]/", "provider_not_allowed"],
    ["https://nobody-has-this.test/", "provider_unreachable"],
  ])("is not reached at %s", async (issuer, code) => {
    const refused = await admin.post("/api/identity-providers", {
      name: "In",
      issuer,
      clientId: "x",
    });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(code)]);
  });

  it("is tried again later, and switched off when it fails", async () => {
    stage.harness.outside.answer = (own) => ({ body: metadataOf(own) });
    const fake = {
      name: "Fake",
      issuer: stage.harness.outside.issuer,
      clientId: "x",
      clientSecret: "y",
    };
    const { id } = (await add(fake)).identityProvider;
    stage.harness.outside.answer = () => ({ status: 500, body: {} });
    const tested = await admin.post(`/api/identity-providers/${id}/test`);
    expect([tested.status, tested.body]).toMatchObject([
      200,
      { id, discovery: { usable: false, problem: "provider_unreachable" } },
    ]);
    expect((await admin.put(`/api/identity-providers/${id}`, { name: "New" })).status).toBe(422);
    const off = await admin.put(`/api/identity-providers/${id}`, { state: "disabled" });
    expect([off.status, off.body]).toMatchObject([
      200,
      { identityProvider: { state: "disabled" } },
    ]);
  });

  it("is edited field by field: what is left out stays, a null secret goes", async () => {
    const { id } = (await add(partner())).identityProvider;
    const path = `/api/identity-providers/${id}`;
    const claimNames = { groups: "roles" };
    const renamed = await admin.put(path, { name: "Partner Ltd", claimNames });
    expect(renamed.body).toMatchObject({
      identityProvider: {
        name: "Partner Ltd",
        claimNames,
        confidential: true,
        clientId: "aic-sos",
      },
    });
    const open = await admin.put(path, { clientSecret: null });
    expect(open.body).toMatchObject({ identityProvider: { confidential: false, claimNames } });
  });

  it("does not take its kept secret along to another issuer", async () => {
    const { id } = (await add(partner())).identityProvider;
    const path = `/api/identity-providers/${id}`;
    const issuer = `${stage.harness.outside.issuer}/elsewhere`;
    stage.harness.outside.answer = (own) => ({ body: metadataOf(own) });
    const refused = await admin.put(path, { issuer });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      { errors: [{ field: "clientSecret" }] },
    ]);
    expect((await admin.put(path, { issuer, clientSecret: "entered again" })).status).toBe(200);
  });

  it("is the affair of tenant-wide administrators alone", async () => {
    const { id } = (await add(partner())).identityProvider;
    const workspace = home.workspace;
    const local = await makeActor(stage.harness, home.tenant, {
      role: "WorkspaceAdmin",
      workspace,
    });
    const auditor = await makeActor(stage.harness, home.tenant, { role: "Auditor" });
    const abroad = await makeHome(stage.harness, stage.harness.us);
    const stranger = await makeActor(stage.harness, abroad.tenant, { role: "WorkspaceAdmin" });
    expect((await auditor.get("/api/identity-providers")).status).toBe(200);
    for (const [who, status] of [
      [local, 403],
      [auditor, 403],
      [stranger, 404],
    ] as const) {
      expect((await who.put(`/api/identity-providers/${id}`, { name: "Mine" })).status).toBe(
        status,
      );
      expect((await who.delete(`/api/identity-providers/${id}`)).status).toBe(status);
    }
    expect((await local.get("/api/identity-providers")).status).toBe(403);
  });
});

describe("login by one of several providers", () => {
  const ana = { name: "Ana", email: "ana@corp.test", groups: ["ops"] };

  it("lets the person choose, by names that anybody may see, and then goes to the chosen one", async () => {
    const { slug } = home.tenant;
    const first = (await add(partner())).identityProvider.id;
    const one = await stage.harness.anonymous.get(`/auth/login?tenant=${slug}`);
    expect(one.headers.get("location")).toMatch(stage.partner.issuer);
    const { issuer, clientId, clientSecret } = stage.standard;
    const second = (await add({ name: "Corp", issuer, clientId, clientSecret })).identityProvider
      .id;
    const many = await stage.harness.anonymous.get(`/auth/login?tenant=${slug}&return_to=/w`);
    const location = new URL(many.headers.get("location") ?? "", stage.harness.url);
    expect(location.pathname).toBe("/login");
    expect(location.searchParams.get("providers")?.split(",").toSorted()).toEqual(
      [first, second].toSorted(),
    );
    expect(location.searchParams.get("return_to")).toBe("/w");
    const names = await stage.harness.anonymous.get(`/auth/providers?tenant=${slug}`);
    expect(names.body).toEqual({
      providers: [
        { id: second, name: "Corp" },
        { id: first, name: "Partner" },
      ],
    });
    const chosen = await stage.harness.anonymous.get(
      `/auth/login?tenant=${slug}&provider=${second}`,
    );
    expect(chosen.headers.get("location")).toMatch(stage.standard.issuer);
    const none = await stage.harness.anonymous.get("/auth/providers?tenant=nobody-here");
    expect(none.status).toBe(404);
  });

  it("logs in by the tenant's own provider, with its scopes and its claim names", async () => {
    await stage.partner.setPeople([ana]);
    await add({ ...partner(), scopes: "openid email profile groups" });
    await admin.post("/api/group-rules", { group: "ops", role: "Operator" });
    const caller = await stage.enter(`/auth/login?tenant=${home.tenant.slug}`, ana);
    expect((await caller.get("/api/me")).body).toMatchObject({
      principal: { email: ana.email },
      tenantRoles: ["Operator"],
    });
    const ended = await caller.delete("/api/session");
    expect((ended.body as { redirectTo: string }).redirectTo).toMatch(stage.partner.issuer);
  });

  it("falls back to the deployment's provider when the last own one is switched off or removed", async () => {
    const { slug } = home.tenant;
    const { id } = (await add(partner())).identityProvider;
    const target = async () =>
      (await stage.harness.anonymous.get(`/auth/login?tenant=${slug}`)).headers.get("location") ??
      "";
    expect(await target()).toMatch(stage.partner.issuer);
    await admin.put(`/api/identity-providers/${id}`, { state: "disabled" });
    expect(await target()).toMatch(stage.standard.issuer);
    const refused = await stage.harness.anonymous.get(`/auth/login?tenant=${slug}&provider=${id}`);
    expect(refused.headers.get("location")).toBe("/login?error=provider_changed");
    expect((await admin.delete(`/api/identity-providers/${id}`)).status).toBe(200);
    expect(await target()).toMatch(stage.standard.issuer);
  });
});
