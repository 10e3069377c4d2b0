import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Stage, startStage } from "../sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

const ana = { name: "Ana", email: "ana@corp.test", groups: [] };
let stage: Stage;
let home: Awaited<ReturnType<typeof makeHome>>;
let boss: Actor;
let inviter: Actor;

beforeAll(async () => {
  stage = await startStage();
  await stage.standard.setPeople([ana]);
}, 120_000);
afterAll(() => stage?.stop());

beforeEach(async () => {
  home = await makeHome(stage.harness, stage.harness.us);
  const { tenant, workspace } = home;
  boss = await makeActor(stage.harness, tenant, { role: "WorkspaceAdmin" });
  inviter = await makeActor(stage.harness, tenant, { role: "WorkspaceAdmin", workspace });
});

async function invite(by: Actor, role = "WorkspaceAdmin") {
  const body = { email: ana.email, role, workspaceId: home.workspace.id };
  const answer = await by.post("/api/members/invitations", body);
  expect(answer.status, answer.text).toBe(201);
  const { id, url } = answer.body as { id: string; url: string };
  return { id, path: new URL(url).pathname };
}

async function change(text: string): Promise<void> {
  const db = await stage.harness.cells.superuser(stage.harness.us);
  await db.query(text, [inviter.person.id]);
}

async function demote(): Promise<void> {
  const db = await stage.harness.cells.superuser(stage.harness.us);
  const { rows } = await db.query<{ id: string }>(
    "select id from role_bindings where user_id = $1",
    [inviter.person.id],
  );
  const answer = await boss.delete(`/api/role-bindings/${rows[0]?.id}`, {
    headers: { "x-workspace-id": home.workspace.id },
  });
  expect(answer.status, answer.text).toBe(200);
}

const giveInviter = (role: string, where: object) =>
  boss.post("/api/role-bindings", { memberId: inviter.person.id, role, ...where });

const revoked = () =>
  auditTrail(stage.harness.cells, stage.harness.us, {
    tenantId: home.tenant.id,
    type: "invitation.revoked",
  });

describe("an invitation of somebody who may not invite there any more", () => {
  it.each([
    ["their role was taken", demote],
    [
      "their role has ended by time",
      () =>
        change("update role_bindings set source = 'manual', expires_at = now() where user_id = $1"),
    ],
    [
      "they have another role there now",
      async () => {
        await demote();
        expect((await giveInviter("Operator", { workspaceId: home.workspace.id })).status).toBe(
          201,
        );
      },
    ],
    [
      "they administer another workspace now",
      async () => {
        await demote();
        const made = await boss.post("/api/workspaces", { name: "Other", region: "us-east-1" });
        const workspaceId = (made.body as { id: string }).id;
        expect((await giveInviter("WorkspaceAdmin", { workspaceId })).status).toBe(201);
      },
    ],
  ])("lets nobody in, by its link or by its address: %s", async (_, end) => {
    const { id, path } = await invite(inviter);
    await end();
    await expect(stage.enter(path, ana)).rejects.toThrow("(invitation_invalid)");
    expect(await revoked()).toMatchObject([
      {
        resource: { type: "invitation", id },
        workspaceId: home.workspace.id,
        actor: { id: "system:accept-invitation", kind: "system" },
      },
    ]);
    const login = `/auth/login?tenant=${home.tenant.slug}`;
    await expect(stage.enter(login, ana)).rejects.toThrow("(no_access)");
    const list = await boss.get(`/api/members/invitations?workspaceId=${home.workspace.id}`);
    expect((list.body as { items: unknown[] }).items, list.text).toEqual([]);
  });

  it("is no hindrance to one of somebody who may", async () => {
    await invite(inviter);
    await invite(boss, "Operator");
    await demote();
    const caller = await stage.enter(`/auth/login?tenant=${home.tenant.slug}`, ana);
    expect((await caller.get("/api/me")).body).toMatchObject({
      workspaces: [{ id: home.workspace.id, roles: ["Operator"] }],
    });
    expect(await revoked()).toHaveLength(1);
  });

  it("does not crowd one of somebody who may out of a login", async () => {
    for (let i = 0; i < 21; i += 1) await invite(inviter);
    await invite(boss, "Operator");
    await demote();
    const caller = await stage.enter(`/auth/login?tenant=${home.tenant.slug}`, ana);
    expect((await caller.get("/api/me")).body).toMatchObject({
      workspaces: [{ id: home.workspace.id, roles: ["Operator"] }],
    });
    expect(await revoked()).toHaveLength(21);
  });

  it("comes first where it was clicked, of more than one login accepts", async () => {
    for (let i = 0; i < 21; i += 1) await invite(boss, "Operator");
    const { id, path } = await invite(boss, "Approver");
    await stage.enter(path, ana);
    const db = await stage.harness.cells.superuser(stage.harness.us);
    const { rows } = await db.query(
      `select count(*)::int as accepted, bool_or(id = $2) as clicked from invitations
        where tenant_id = $1 and accepted_at is not null`,
      [home.tenant.id, id],
    );
    expect(rows).toEqual([{ accepted: 20, clicked: true }]);
  });

  it("counts while they may by another role", async () => {
    const { path } = await invite(inviter);
    expect((await giveInviter("WorkspaceAdmin", { tenantWide: true })).status).toBe(201);
    await change("delete from role_bindings where user_id = $1 and workspace_id is not null");
    const caller = await stage.enter(path, ana);
    expect((await caller.get("/api/me")).body).toMatchObject({
      workspaces: [{ id: home.workspace.id, roles: ["WorkspaceAdmin"] }],
    });
  });
});
