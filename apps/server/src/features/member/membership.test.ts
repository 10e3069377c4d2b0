import type { Role } from "@aic-sos/contract/roles";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { makePlace, type Place } from "../../../test/places.ts";
import { problemIn } from "../../../test/procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "../../../test/world.ts";

let harness: Harness;
let place: Place;
let boss: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

const member = (role: Role = "Operator") =>
  makeActor(harness, place.tenant, { role, workspace: place.workspace });

async function rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
  const db = await harness.cells.superuser(harness.us);
  return (await db.query<Record<string, unknown>>(text, values)).rows;
}

describe("a disabled person", () => {
  it("is out at the next request, and comes back with their roles but without their sessions", async () => {
    const ana = await member();
    expect((await ana.get("/api/runs")).status).toBe(200);
    const answer = await boss.post(`/api/members/${ana.person.id}/disable`);
    expect(answer.body).toEqual({ id: ana.person.id, state: "disabled" });
    expect((await ana.get("/api/runs")).status).toBe(401);
    const enabled = await boss.post(`/api/members/${ana.person.id}/enable`);
    expect(enabled.body).toEqual({ id: ana.person.id, state: "active" });
    expect((await ana.get("/api/runs")).status).toBe(401);
    expect(
      await rows("select 1 from role_bindings where user_id = $1", ana.person.id),
    ).toHaveLength(1);
    const types = (await auditTrail(harness.cells, harness.us, { class: "change" }))
      .filter((event) => event.resource?.id === ana.person.id)
      .map(({ type }) => type);
    expect(types).toEqual(["member.disabled", "member.enabled"]);
  });

  it("gets no role and keeps no administrator's place", async () => {
    const ana = await member();
    await boss.post(`/api/members/${ana.person.id}/disable`);
    const grant = { memberId: ana.person.id, role: "IntegrationAdmin" };
    expect((await place.admin.post("/api/role-bindings", grant)).status).toBe(404);
  });
});

describe("a role that was given and taken", () => {
  const told = (id: string) =>
    auditTrail(harness.cells, harness.us, { class: "change" }).then((events) =>
      events
        .filter(({ binding }) => binding?.userId === id)
        .map(({ type, binding, workspaceId }) => [type, binding?.role, workspaceId]),
    );

  it("is told with whose and which it was, also when the person is gone", async () => {
    const ana = await member();
    const here = place.workspace.id;
    const grant = { memberId: ana.person.id, role: "IntegrationAdmin" };
    const given = await place.admin.post("/api/role-bindings", grant);
    const { id } = given.body as { id: string };
    await place.admin.delete(`/api/role-bindings/${id}`);
    const removed = await boss.delete(`/api/members/${ana.person.id}`);
    expect(await told(ana.person.id)).toEqual([
      ["role.granted", "IntegrationAdmin", here],
      ["role.removed", "IntegrationAdmin", here],
      ["role.removed", "Operator", here],
    ]);
    const receipt = removed.headers.get("aic-audit-id") ?? "";
    expect(await auditTrail(harness.cells, harness.us, { id: receipt })).toMatchObject([
      { type: "member.removed", resource: { id: ana.person.id } },
    ]);
  });
});

describe("an invitation", () => {
  it.each([
    ["disabled", (id: string) => boss.post(`/api/members/${id}/disable`)],
    ["removed", (id: string) => boss.delete(`/api/members/${id}`)],
  ] as const)(
    "leads nowhere once who issued it is %s: nobody lets themselves in again",
    async (_, takeOut) => {
      const leaving = await member("WorkspaceAdmin");
      const invitation = { email: "their-other-address@example.test", role: "WorkspaceAdmin" };
      const { id } = (await leaving.post("/api/members/invitations", invitation)).body as {
        id: string;
      };
      const other = (await place.admin.post("/api/members/invitations", invitation)).body as {
        id: string;
      };
      expect((await takeOut(leaving.person.id)).status).toBe(200);
      const state = "select revoked_at is not null as revoked from invitations where id = $1";
      expect(await rows(state, id)).toEqual([{ revoked: true }]);
      expect(await rows(state, other.id)).toEqual([{ revoked: false }]);
      const [event] = (
        await auditTrail(harness.cells, harness.us, { type: "invitation.revoked" })
      ).filter((one) => one.resource?.id === id);
      expect(event).toMatchObject({
        actor: { id: boss.person.id },
        workspaceId: place.workspace.id,
      });
    },
  );
});

describe("a removed person", () => {
  it("is out, without a name, an address, an identity, a session or a role, and history stays", async () => {
    const ana = await member();
    const workflow = await ana.post("/api/runs", {
      workflowId: place.workflowId,
      inputs: { ticket: "INC1234" },
    });
    expect(workflow.status).toBe(201);
    const { id: userId, email, displayName } = ana.person;
    await rows(
      "insert into identities (tenant_id, id, user_id, issuer, subject) values ($1, $2, $3, 'https://id.test', $4)",
      place.tenant.id,
      freshId(1),
      userId,
      `subject-of-${userId}`,
    );
    const invitation = { email, role: "Approver" };
    expect((await place.admin.post("/api/members/invitations", invitation)).status).toBe(201);
    expect((await boss.delete(`/api/members/${userId}`)).status).toBe(200);
    expect((await ana.get("/api/me")).status).toBe(401);
    expect(
      await rows("select state, display_name, email from users where id = $1", userId),
    ).toEqual([{ state: "disabled", display_name: "Removed member", email: null }]);
    for (const table of ["sessions", "role_bindings", "identities"]) {
      expect(await rows(`select 1 from ${table} where user_id = $1`, userId), table).toEqual([]);
    }
    expect(await rows("select 1 from invitations where email = $1", email)).toEqual([]);
    expect(await rows("select 1 from runs where requested_by = $1", userId)).toHaveLength(1);
    const list = await boss.get("/api/members?limit=100", { headers: { "x-workspace-id": "*" } });
    expect(list.text).not.toContain(displayName);
    expect(list.text).not.toContain(userId);
  });

  it("is nobody that could be enabled, disabled or removed again", async () => {
    const ana = await member();
    await boss.delete(`/api/members/${ana.person.id}`);
    const answers = [
      await boss.post(`/api/members/${ana.person.id}/enable`),
      await boss.post(`/api/members/${ana.person.id}/disable`),
      await boss.delete(`/api/members/${ana.person.id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("the last administrator", () => {
  async function tenantOf(admins: number) {
    const home = await makeHome(harness, harness.us);
    const actors: Actor[] = [];
    while (actors.length < admins) {
      actors.push(await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" }));
    }
    return { ...home, actors };
  }

  it("cannot be disabled or removed, by themselves or anybody", async () => {
    const { tenant, workspace, actors } = await tenantOf(1);
    const [only] = actors as [Actor];
    const local = await makeActor(harness, tenant, { role: "WorkspaceAdmin", workspace });
    for (const answer of [
      await only.post(`/api/members/${only.person.id}/disable`),
      await only.delete(`/api/members/${only.person.id}`),
    ]) {
      expect([answer.status, problemIn(answer)?.["errors"]]).toMatchObject([
        409,
        [{ field: "memberId" }],
      ]);
    }
    // A workspace's own may go while somebody administers all of the tenant.
    expect((await only.post(`/api/members/${local.person.id}/disable`)).status).toBe(200);
  });

  it("is not a service, nor somebody whose role ends by itself, nor somebody disabled", async () => {
    const { tenant, actors } = await tenantOf(2);
    const [one, other] = actors as [Actor, Actor];
    await makeActor(harness, tenant, { role: "WorkspaceAdmin", service: true });
    const third = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    await rows(
      "update role_bindings set expires_at = now() + interval '1 day' where user_id = $1",
      third.person.id,
    );
    expect((await one.post(`/api/members/${other.person.id}/disable`)).status).toBe(200);
    const bindingId = one.person.principal.bindings[0]?.id;
    const answer = await one.delete(`/api/role-bindings/${bindingId}?tenantWide=true`);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
  });

  it("stays when two of them remove each other at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { tenant, actors } = await tenantOf(2);
      const [one, other] = actors as [Actor, Actor];
      await Promise.all([
        one.delete(`/api/members/${other.person.id}`),
        other.post(`/api/members/${one.person.id}/disable`),
      ]);
      const left = await rows(
        `select 1 from role_bindings b join users u on u.tenant_id = b.tenant_id and u.id = b.user_id
          where b.tenant_id = $1 and b.role = 'WorkspaceAdmin' and u.state = 'active'`,
        tenant.id,
      );
      expect(left).toHaveLength(1);
    }
  });
});

describe("who administers one workspace", () => {
  it("disables and removes nobody: a person may have roles elsewhere", async () => {
    const ana = await member();
    expect((await place.admin.post(`/api/members/${ana.person.id}/disable`)).status).toBe(403);
    expect((await place.admin.delete(`/api/members/${ana.person.id}`)).status).toBe(403);
  });
});
