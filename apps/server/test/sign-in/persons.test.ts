import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import type { Caller } from "../http-caller.ts";
import { type Directory, type Stage, startStage } from "../sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let stage: Stage;
let home: Awaited<ReturnType<typeof makeHome>>;
let admin: Actor;
let corp: string;
let partner: string;
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
  corp = await add("Corp", stage.standard);
  partner = await add("Partner", stage.partner);
});

async function add(name: string, { issuer, clientId, clientSecret }: Directory): Promise<string> {
  const provider = { name, issuer, clientId, clientSecret };
  const { body } = await admin.post("/api/identity-providers", provider);
  return (body as { identityProvider: { id: string } }).identityProvider.id;
}

/** Ana, known to both providers by one address, in a group of each. */
async function anaEverywhere(): Promise<{ email: string }> {
  const ana = { name: "Ana", email: `ana@${domain}` };
  await stage.standard.setPeople([{ ...ana, groups: ["corp-ops"] }]);
  await stage.partner.setPeople([{ ...ana, groups: ["partner-ops"] }]);
  return ana;
}

async function logIn(provider: string, person: { email: string }): Promise<Caller> {
  return stage.enter(`/auth/login?tenant=${home.tenant.slug}&provider=${provider}`, person);
}

async function idOf(caller: Caller): Promise<string> {
  const { body } = await caller.get("/api/me");
  return (body as { principal: { id: string } }).principal.id;
}

async function personOf(userId: string): Promise<string | null> {
  const db = await stage.harness.cells.superuser(stage.harness.us);
  const { rows } = await db.query("select person_id from users where tenant_id = $1 and id = $2", [
    home.tenant.id,
    userId,
  ]);
  return rows[0]?.person_id ?? null;
}

async function prove(): Promise<string> {
  const { body } = await admin.post("/api/email-domains", { domain });
  const { id, record } = body as { id: string; record: { name: string; value: string } };
  stage.harness.outside.txt.set(record.name, [record.value]);
  expect((await admin.post(`/api/email-domains/${id}/prove`)).status).toBe(200);
  return id;
}

const rule = (group: string, role: string) => admin.post("/api/group-rules", { group, role });

describe("one human at two providers", () => {
  it("is one person by the same verified address, with two accounts and the rights of each", async () => {
    await rule("corp-ops", "Operator");
    await rule("partner-ops", "IntegrationAdmin");
    const ana = await anaEverywhere();
    const [one, other] = [await logIn(corp, ana), await logIn(partner, ana)];
    const [first, second] = [await idOf(one), await idOf(other)];
    expect(first).not.toBe(second);
    expect(await personOf(first)).toEqual(expect.any(String));
    expect(await personOf(first)).toBe(await personOf(second));
    expect((await one.get("/api/me")).body).toMatchObject({ tenantRoles: ["Operator"] });
    expect((await other.get("/api/me")).body).toMatchObject({ tenantRoles: ["IntegrationAdmin"] });
    const of = { tenantId: home.tenant.id, type: "person.linked" } as const;
    expect(await auditTrail(stage.harness.cells, stage.harness.us, of)).toHaveLength(1);
  });

  it("gets no toxic pair through the second account: by rule, by hand, from another workspace", async () => {
    await rule("corp-ops", "Operator");
    await rule("partner-ops", "Auditor");
    const ana = await anaEverywhere();
    await logIn(corp, ana);
    const other = await logIn(partner, ana);
    expect((await other.get("/api/me")).body).toMatchObject({ tenantRoles: [] });
    const of = { tenantId: home.tenant.id, type: "security.toxic_binding_refused" } as const;
    expect(await auditTrail(stage.harness.cells, stage.harness.us, of)).toHaveLength(1);
    const memberId = await idOf(other);
    const byHand = await admin.post("/api/role-bindings", {
      memberId,
      role: "Auditor",
      tenantWide: true,
    });
    expect([byHand.status, byHand.text]).toEqual([409, expect.stringContaining("must not meet")]);
    const workspace = home.workspace;
    const local = await makeActor(stage.harness, home.tenant, {
      role: "WorkspaceAdmin",
      workspace,
    });
    const here = await local.post("/api/role-bindings", {
      memberId,
      role: "Auditor",
      workspaceId: workspace.id,
    });
    expect(here.status).toBe(409);
  });

  it("gets no toxic pair by an invitation: it is told, and the invitation stays open", async () => {
    await rule("corp-ops", "Operator");
    const ana = await anaEverywhere();
    await logIn(corp, ana);
    const invited = { email: ana.email, role: "Auditor", tenantWide: true };
    expect((await admin.post("/api/members/invitations", invited)).status).toBe(201);
    const session = await logIn(corp, ana);
    expect((await session.get("/api/me")).body).toMatchObject({ tenantRoles: ["Operator"] });
    const of = { tenantId: home.tenant.id, type: "security.toxic_binding_refused" } as const;
    expect(await auditTrail(stage.harness.cells, stage.harness.us, of)).toMatchObject([
      { resource: { type: "user", id: await idOf(session) } },
    ]);
    const db = await stage.harness.cells.superuser(stage.harness.us);
    const open = "select from invitations where tenant_id = $1 and accepted_at is null";
    expect((await db.query(open, [home.tenant.id])).rowCount).toBe(1);
  });

  it("is the same account where the tenant proved the address's domain", async () => {
    await prove();
    await rule("corp-ops", "Operator");
    const ana = await anaEverywhere();
    const first = await idOf(await logIn(corp, ana));
    const again = await logIn(partner, ana);
    expect(await idOf(again)).toBe(first);
    expect((await again.get("/api/me")).body).toMatchObject({ tenantRoles: ["Operator"] });
  });

  it("is not whom a partner's provider says, for a domain that was given to another one", async () => {
    await prove();
    await admin.put(`/api/identity-providers/${corp}`, { emailDomains: [domain] });
    await rule("corp-ops", "Operator");
    const ana = await anaEverywhere();
    const first = await idOf(await logIn(corp, ana));
    await expect(logIn(partner, ana)).rejects.toThrow("(no_access)");
    await admin.post("/api/members/invitations", {
      email: ana.email,
      role: "Operator",
      tenantWide: true,
    });
    await expect(logIn(partner, ana)).rejects.toThrow("(no_access)");
    expect(await personOf(first)).toBeNull();
  });

  it.each([
    ["proved", prove],
    ["unproved", () => Promise.resolve("")],
  ])(
    "who is disabled comes in by no other provider, from a domain that is %s",
    async (_, prepare) => {
      await prepare();
      await rule("corp-ops", "Operator");
      await rule("partner-ops", "Operator");
      const ana = await anaEverywhere();
      const first = await idOf(await logIn(corp, ana));
      expect((await admin.post(`/api/members/${first}/disable`)).status).toBe(200);
      await expect(logIn(partner, ana)).rejects.toThrow("(no_access)");
    },
  );
});

describe("an administrator who links two accounts", () => {
  it("makes them one person for separation of duties", async () => {
    const one = await makeActor(stage.harness, home.tenant, { role: "Operator" });
    const other = await makeActor(stage.harness, home.tenant, {});
    const ids = { memberId: one.person.id, otherMemberId: other.person.id };
    const linked = await admin.post("/api/persons/link", ids);
    expect([linked.status, linked.body]).toMatchObject([
      200,
      { memberIds: [one.person.id, other.person.id].toSorted() },
    ]);
    const auditor = { memberId: other.person.id, role: "Auditor", tenantWide: true };
    expect((await admin.post("/api/role-bindings", auditor)).status).toBe(409);
  });

  it("is refused where roles would meet that must not", async () => {
    const one = await makeActor(stage.harness, home.tenant, { role: "Operator" });
    const other = await makeActor(stage.harness, home.tenant, { role: "Auditor" });
    const ids = { memberId: one.person.id, otherMemberId: other.person.id };
    const refused = await admin.post("/api/persons/link", ids);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("must not meet")]);
    expect(await personOf(one.person.id)).toBeNull();
  });

  it("administers the whole tenant, and links its people only", async () => {
    const workspace = home.workspace;
    const local = await makeActor(stage.harness, home.tenant, {
      role: "WorkspaceAdmin",
      workspace,
    });
    const one = await makeActor(stage.harness, home.tenant, { role: "Operator" });
    const service = await makeActor(stage.harness, home.tenant, {
      role: "Operator",
      service: true,
    });
    const abroad = await makeHome(stage.harness, stage.harness.us);
    const stranger = await makeActor(stage.harness, abroad.tenant, { role: "Operator" });
    const link = (who: Actor, otherMemberId: string) =>
      who.post("/api/persons/link", { memberId: one.person.id, otherMemberId });
    expect((await link(local, admin.person.id)).status).toBe(403);
    expect((await link(admin, service.person.id)).status).toBe(404);
    expect((await link(admin, stranger.person.id)).status).toBe(404);
    expect((await link(admin, one.person.id)).status).toBe(400);
  });
});
