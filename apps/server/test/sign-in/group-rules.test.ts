import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import type { Caller } from "../http-caller.ts";
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

const ana = (...groups: string[]) => ({ name: "Ana", email: "ana@corp.test", groups });

async function logIn(person: ReturnType<typeof ana>): Promise<Caller> {
  await stage.standard.setPeople([person]);
  return stage.enter(`/auth/login?tenant=${home.tenant.slug}`, person);
}

async function addRule(body: object, who: Actor = admin) {
  const answer = await who.post("/api/group-rules", body);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as { groupRule: { id: string }; given: number; refused: number };
}

async function rolesOf(caller: Caller) {
  const { body } = await caller.get("/api/me");
  const { tenantRoles, workspaces } = body as {
    tenantRoles: string[];
    workspaces: { id: string; roles: string[] }[];
  };
  return {
    tenant: tenantRoles,
    here: workspaces.find(({ id }) => id === home.workspace.id)?.roles ?? [],
  };
}

const trail = (type: Parameters<typeof auditTrail>[2]) =>
  auditTrail(stage.harness.cells, stage.harness.us, { tenantId: home.tenant.id, ...type });

describe("a first login", () => {
  it("without invitation and without a rule for its groups gives no access, and an event says so", async () => {
    await addRule({ group: "ops", role: "Operator" });
    await expect(logIn(ana("sales", "OPS", "ops "))).rejects.toThrow("(no_access)");
    expect(await trail({ type: "security.login_refused" })).toHaveLength(1);
    const db = await stage.harness.cells.superuser(stage.harness.us);
    const { rowCount } = await db.query(
      "select from identities where tenant_id = $1 and subject is not null",
      [home.tenant.id],
    );
    expect(rowCount).toBe(0);
  });

  it("by a group has the roles of all its rules, in a workspace and tenant-wide", async () => {
    const roleWorkspaceId = home.workspace.id;
    await addRule({ group: "ops", role: "Operator", roleWorkspaceId });
    await addRule({ group: "integrations", role: "IntegrationAdmin" });
    await addRule({ group: "others", role: "WorkspaceAdmin" });
    const caller = await logIn(ana("ops", "integrations"));
    expect(await rolesOf(caller)).toMatchObject({
      tenant: ["IntegrationAdmin"],
      here: expect.arrayContaining(["Operator"]),
    });
    const { body } = await caller.get("/api/me");
    const { id: userId } = (body as { principal: { id: string } }).principal;
    const granted = await trail({ type: "role.granted" });
    expect(granted.map(({ binding, workspaceId }) => ({ ...binding, workspaceId }))).toEqual(
      expect.arrayContaining([
        { userId, role: "Operator", workspaceId: roleWorkspaceId },
        { userId, role: "IntegrationAdmin", workspaceId: null },
      ]),
    );
    expect(granted).toHaveLength(2);
  });
});

describe("a group that somebody left", () => {
  it("takes its role away at the next login, also from a session that is open", async () => {
    await addRule({ group: "ops", role: "Operator" });
    await addRule({ group: "integrations", role: "IntegrationAdmin" });
    const before = await logIn(ana("ops", "integrations"));
    expect((await rolesOf(before)).tenant.toSorted()).toEqual(["IntegrationAdmin", "Operator"]);
    const after = await logIn(ana("integrations"));
    expect((await rolesOf(after)).tenant).toEqual(["IntegrationAdmin"]);
    expect((await rolesOf(before)).tenant).toEqual(["IntegrationAdmin"]);
  });

  it("takes nothing that was given by hand", async () => {
    await addRule({ group: "ops", role: "Operator" });
    const caller = await logIn(ana("ops"));
    const { body } = await caller.get("/api/me");
    const memberId = (body as { principal: { id: string } }).principal.id;
    const byHand = { memberId, role: "Operator", tenantWide: true };
    expect((await admin.post("/api/role-bindings", byHand)).status).toBe(201);
    await logIn(ana());
    expect((await rolesOf(caller)).tenant).toEqual(["Operator"]);
  });
});

describe("a rule that changes", () => {
  it("is in force at the next request over the groups last seen, with no new login", async () => {
    await addRule({ group: "staff", role: "Operator", roleWorkspaceId: home.workspace.id });
    const caller = await logIn(ana("staff", "integrations"));
    const { groupRule, given } = await addRule({ group: "integrations", role: "IntegrationAdmin" });
    expect(given).toBe(1);
    expect((await rolesOf(caller)).tenant).toEqual(["IntegrationAdmin"]);
    const removed = await admin.delete(`/api/group-rules/${groupRule.id}`);
    expect(removed.body).toEqual({ id: groupRule.id, taken: 1 });
    const id = removed.headers.get("aic-audit-id") ?? "";
    expect(await trail({ id })).toMatchObject([{ type: "group_rule.removed" }]);
    expect((await rolesOf(caller)).tenant).toEqual([]);
    expect(await trail({ type: "role.removed" })).toHaveLength(1);
  });

  it("of one provider counts only the groups that this provider named", async () => {
    const { issuer, clientId, clientSecret } = stage.standard;
    const corp = await admin.post("/api/identity-providers", {
      name: "Corp",
      issuer,
      clientId,
      clientSecret,
    });
    const partner = await admin.post("/api/identity-providers", {
      name: "Partner",
      issuer: stage.partner.issuer,
      clientId: stage.partner.clientId,
      clientSecret: stage.partner.clientSecret,
    });
    const idOf = (answer: { body: unknown }) =>
      (answer.body as { identityProvider: { id: string } }).identityProvider.id;
    await addRule({ group: "ops", role: "Operator", identityProviderId: idOf(corp) });
    await stage.partner.setPeople([ana("ops")]);
    const slug = home.tenant.slug;
    const viaPartner = `/auth/login?tenant=${slug}&provider=${idOf(partner)}`;
    await expect(stage.enter(viaPartner, ana())).rejects.toThrow("(no_access)");
    await stage.standard.setPeople([ana("ops")]);
    const caller = await stage.enter(`/auth/login?tenant=${slug}&provider=${idOf(corp)}`, ana());
    expect((await rolesOf(caller)).tenant).toEqual(["Operator"]);
    await admin.put(`/api/identity-providers/${idOf(corp)}`, { state: "disabled" });
    expect((await rolesOf(caller)).tenant).toEqual([]);
    await admin.put(`/api/identity-providers/${idOf(corp)}`, { state: "active" });
    expect((await rolesOf(caller)).tenant).toEqual(["Operator"]);
    await admin.delete(`/api/identity-providers/${idOf(corp)}`);
    expect((await rolesOf(caller)).tenant).toEqual([]);
  });
});

describe("a rule for a group of a thousand", () => {
  it("is in force for all of them at once and gone for all of them at once, each with its event", async () => {
    const { tenant } = home;
    const ids = Array.from({ length: 1_000 }, () => freshId(tenant.cell));
    const db = await stage.harness.cells.superuser(stage.harness.us);
    await db.query(
      `insert into users (tenant_id, id, kind, display_name)
        select $1, id, 'user', 'One of many' from unnest($2::uuid[]) as u (id)`,
      [tenant.id, ids],
    );
    await db.query(
      `insert into identities (tenant_id, id, user_id, issuer, subject, groups)
        select $1, id, id, 'https://id.test', id::text, '{everybody}' from unnest($2::uuid[]) as u (id)`,
      [tenant.id, ids],
    );
    // As in any database that has been there for a minute: else it is planned for a handful.
    await db.query("analyze users, identities, role_bindings");
    const { groupRule, given } = await addRule({ group: "everybody", role: "Operator" });
    expect(given).toBe(ids.length);
    const removed = await admin.delete(`/api/group-rules/${groupRule.id}`);
    expect(removed.body).toEqual({ id: groupRule.id, taken: ids.length });
    expect(await trail({ type: "role.granted" })).toHaveLength(ids.length);
    expect(await trail({ type: "role.removed" })).toHaveLength(ids.length);
  }, 60_000);
});

describe("a rule", () => {
  it("gives no role that must not meet another one in that person; the refusal is an event", async () => {
    await addRule({ group: "ops", role: "Operator" });
    const caller = await logIn(ana("ops", "auditors"));
    expect(await addRule({ group: "auditors", role: "Auditor" })).toMatchObject({
      given: 0,
      refused: 1,
    });
    expect((await rolesOf(caller)).tenant).toEqual(["Operator"]);
    expect(await trail({ type: "security.toxic_binding_refused" })).toHaveLength(1);
  });

  it("is made by tenant-wide administrators alone: nobody maps rights beyond the scope they administer", async () => {
    const workspace = home.workspace;
    const local = await makeActor(stage.harness, home.tenant, {
      role: "WorkspaceAdmin",
      workspace,
    });
    const operator = await makeActor(stage.harness, home.tenant, { role: "Operator" });
    const { groupRule } = await addRule({ group: "ops", role: "Operator" });
    for (const who of [local, operator]) {
      const rule = { group: "ops", role: "WorkspaceAdmin", roleWorkspaceId: workspace.id };
      expect((await who.post("/api/group-rules", rule)).status).toBe(403);
      expect((await who.delete(`/api/group-rules/${groupRule.id}`)).status).toBe(403);
    }
  });

  it("names workspaces and providers of its own tenant only, and is there once", async () => {
    const other = await makeHome(stage.harness, stage.harness.us);
    const rule = { group: "ops", role: "Operator" };
    const foreign = { ...rule, roleWorkspaceId: other.workspace.id };
    expect((await admin.post("/api/group-rules", foreign)).status).toBe(404);
    const abroad = await makeHome(stage.harness, stage.harness.eu);
    const elsewhere = { ...rule, roleWorkspaceId: abroad.workspace.id };
    expect((await admin.post("/api/group-rules", elsewhere)).status).toBe(403);
    await addRule(rule);
    expect((await admin.post("/api/group-rules", rule)).status).toBe(409);
  });

  it("that the last administrator has the role by is not removed", async () => {
    const { groupRule } = await addRule({ group: "admins", role: "WorkspaceAdmin" });
    const caller = await logIn(ana("admins"));
    const bindingId = admin.person.principal.bindings[0]?.id ?? "";
    expect((await caller.delete(`/api/role-bindings/${bindingId}?tenantWide=true`)).status).toBe(
      200,
    );
    const refused = await caller.delete(`/api/group-rules/${groupRule.id}`);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("last")]);
    expect((await rolesOf(caller)).tenant).toEqual(["WorkspaceAdmin"]);
  });
});

describe("the last administrator of a tenant", () => {
  /** Takes away what `admin` has by hand: Ana has it by her group alone. */
  async function onlyAna(): Promise<Caller> {
    await addRule({ group: "admins", role: "WorkspaceAdmin" });
    const caller = await logIn(ana("admins"));
    const bindingId = admin.person.principal.bindings[0]?.id ?? "";
    const answer = await caller.delete(`/api/role-bindings/${bindingId}?tenantWide=true`);
    expect(answer.status).toBe(200);
    return caller;
  }

  it("keeps the role when the directory names no groups any more, and an event says so", async () => {
    const caller = await onlyAna();
    await logIn(ana());
    expect((await rolesOf(caller)).tenant).toEqual(["WorkspaceAdmin"]);
    const of = (await trail({ type: "security.last_administrator_kept" })).map(
      ({ resource }) => resource?.type,
    );
    expect(of).toEqual(["user"]);
    const successor = await makeActor(stage.harness, home.tenant, { role: "WorkspaceAdmin" });
    await logIn(ana());
    await expect(rolesOf(caller)).resolves.toMatchObject({ tenant: [] });
    expect((await successor.get("/api/me")).status).toBe(200);
  });

  it("loses it to another rule that makes them one, with no gap and no event", async () => {
    const caller = await onlyAna();
    await addRule({ group: "chiefs", role: "WorkspaceAdmin" }, { ...admin, ...caller });
    await logIn(ana("chiefs"));
    expect((await rolesOf(caller)).tenant).toEqual(["WorkspaceAdmin"]);
    expect(await trail({ type: "security.last_administrator_kept" })).toEqual([]);
    expect(await trail({ type: "role.removed" })).toHaveLength(2);
  });
});
