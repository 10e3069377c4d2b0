import { permissions, PERMISSIONS } from "@aic-sos/contract/permissions";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson, type TestPerson } from "@aic-sos/testkit/make-person";
import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rolledBack, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant, insert } from "./fixture.ts";

/** What no entry of the role table can change, tried by hand as a superuser. */
const INVARIANT = "AE008";

let cells: FreshCells;
let db: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  db = await cells.superuser(cells.us);
  full = await fillTenant(db, cells.us);
});
afterAll(() => cells?.drop());

/** Two users who are one person. */
async function link(...people: readonly TestPerson[]): Promise<void> {
  const id = freshId(cells.us.code);
  await insert(db, "persons", { tenant_id: full.tenant.id, id });
  for (const person of people) {
    await db.query("UPDATE users SET person_id = $1 WHERE id = $2", [id, person.id]);
  }
}

describe("nobody decides what they requested", () => {
  let ana: TestPerson;
  let bob: TestPerson;
  let robot: TestPerson;

  beforeEach(async () => {
    [ana, bob] = [await makePerson(db, full.tenant), await makePerson(db, full.tenant)];
    robot = await makePerson(db, full.tenant, { kind: "service" });
  });

  const place = () => ({ tenant_id: full.tenant.id, workspace_id: full.workspace.id });

  /** What becomes of a decision on a step of a run. */
  async function decided(by: TestPerson, asked: { runBy: TestPerson; requestBy: TestPerson }) {
    const ids = [0, 1, 2, 3].map(() => freshId(cells.us.code));
    const [run_id, step_id, approval_request_id, id] = ids;
    await insert(db, "runs", {
      ...place(),
      id: run_id,
      workflow_id: full.workflowId,
      workflow_version_id: full.versionId,
      environment: "prod",
      trigger: "manual",
      requested_by: asked.runBy.id,
    });
    await insert(db, "steps", { ...place(), id: step_id, run_id, step_id: "ask", use: "approval" });
    const request = { run_id, step_id, digest: "d", requested_by: asked.requestBy.id };
    await insert(db, "approval_requests", { ...place(), id: approval_request_id, ...request });
    const decision = { run_id, approval_request_id, verdict: "approve", digest: "d" };
    return sqlState(
      insert(db, "approval_decisions", { ...place(), id, ...decision, decided_by: by.id }),
    );
  }

  it("and somebody else does", async () => {
    expect(await decided(bob, { runBy: ana, requestBy: ana })).toBe("none");
    expect(await decided(bob, { runBy: robot, requestBy: robot })).toBe("none");
  });

  it("neither the request nor the run of it", async () => {
    expect(await decided(ana, { runBy: bob, requestBy: ana })).toBe(INVARIANT);
    expect(await decided(ana, { runBy: ana, requestBy: bob })).toBe(INVARIANT);
  });

  it("not by another user of the same person", async () => {
    await link(ana, bob);
    expect(await decided(bob, { runBy: ana, requestBy: ana })).toBe(INVARIANT);
  });

  it("not through a key of their making, be it revoked, nor through a service that they gave its role", async () => {
    await insert(db, "api_keys", {
      ...place(),
      id: freshId(cells.us.code),
      user_id: robot.id,
      name: "ci",
      prefix: "aic_",
      secret_hash: Buffer.alloc(32),
      created_by: ana.id,
      revoked_at: new Date(),
    });
    expect(await decided(ana, { runBy: robot, requestBy: robot })).toBe(INVARIANT);
    await insert(db, "role_bindings", {
      ...place(),
      id: freshId(cells.us.code),
      user_id: robot.id,
      role: "Operator",
      created_by: bob.id,
    });
    expect(await decided(bob, { runBy: robot, requestBy: robot })).toBe(INVARIANT);
  });

  it("and a service decides nothing", async () => {
    expect(await decided(robot, { runBy: ana, requestBy: ana })).toBe(INVARIANT);
  });
});

describe("a service", () => {
  it("never gets the role Approver, by whatever way the row comes", async () => {
    const robot = await makePerson(db, full.tenant, { kind: "service", role: "Operator" });
    const row = { tenant_id: full.tenant.id, user_id: robot.id, role: "Approver" };
    for (const source of ["manual", "invite"]) {
      const id = freshId(cells.us.code);
      expect(await sqlState(insert(db, "role_bindings", { ...row, id, source }))).toBe(INVARIANT);
    }
    const changed = db.query("UPDATE role_bindings SET role = 'Approver' WHERE user_id = $1", [
      robot.id,
    ]);
    expect(await sqlState(changed)).toBe(INVARIANT);
  });
});

describe("Auditor and another role", () => {
  const TOXIC = "AE006";

  it("do not meet in one person with two users, whichever comes last: the role or the link", async () => {
    for (const [held, added] of [
      ["Auditor", "Operator"],
      ["Operator", "Auditor"],
    ] as const) {
      const [one, other] = [
        await makePerson(db, full.tenant, { role: held, workspace: full.other }),
        await makePerson(db, full.tenant),
      ];
      await link(one, other);
      const id = freshId(cells.us.code);
      const row = { tenant_id: full.tenant.id, id, user_id: other.id, role: added };
      expect(await sqlState(insert(db, "role_bindings", row))).toBe(TOXIC);
      const third = await makePerson(db, full.tenant, { role: added });
      expect(await sqlState(link(one, third))).toBe(TOXIC);
    }
  });
});

describe("the table that roles are filled from", () => {
  it("cannot let an auditor change anything, whatever a release would put in it", async () => {
    for (const permission of permissions) {
      const state = await rolledBack(db, async () => {
        await db.query("DELETE FROM role_permissions WHERE role = 'Auditor'");
        const values = "INSERT INTO role_permissions (role, permission) VALUES ('Auditor', $1)";
        return sqlState(db.query(values, [permission]));
      });
      expect(state, permission).toBe(
        PERMISSIONS[permission].effect === "read" ? "none" : INVARIANT,
      );
    }
  });
});

it("no tenant's user can become a platform administrator", async () => {
  const change = db.query("UPDATE users SET kind = 'platform' WHERE id = $1", [full.userId]);
  expect(await sqlState(change)).toBe("23514");
});
