import { superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvent } from "./append-event.ts";
import { cellByCode } from "./cells.ts";
import {
  CellUnavailable,
  InvalidValue,
  NestedScope,
  ReferenceViolation,
  RefusedByDatabase,
  RowNotFound,
  StaleEpoch,
  UniqueViolation,
} from "./errors.ts";
import { dataKeyStore } from "./data-keys.ts";
import { systemJob } from "./doors.ts";
import { cellHealth } from "./health.ts";
import { newId } from "./ids.ts";
import { runInTransaction } from "./passages.ts";
import { receiptOf } from "./receipts.ts";
import { scopeOf } from "./scope.ts";
import { sealOnce } from "./sealer.ts";
import { read, type ScopedTransaction, write } from "./scoped.ts";
import {
  countOf,
  grantAt,
  makePlace,
  makeWorkflow,
  openWorld,
  type Place,
  type World,
} from "./world.test-support.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
});
afterAll(() => world.close());

const eventsOf = (id: string) =>
  countOf(
    world,
    "select count(*) from audit_inbox where events[1]::jsonb #>> '{resource,id}' = $1",
    [id],
  );
const rowsOf = (id: string) => countOf(world, "select count(*) from workflows where id = $1", [id]);

/** A workflow and its event. */
async function create(
  tx: ScopedTransaction,
  id: string,
  name = `workflow ${id}`,
): Promise<{ id: string }> {
  await tx.workflow.create({ data: { id, name, createdBy: place.person.id } });
  await appendEvent(tx, { type: "workflow.created", resource: { type: "workflow", id } });
  return { id };
}

describe("write", () => {
  it("commits the audit event with the change, and it says who, where and by which decision", async () => {
    const grant = grantAt(place, "workflow:create");
    const { id } = await write(grant, (tx) => create(tx, newId(grant)));
    const { rows } = await world.superuser.query(
      "select events[1] as event, tenant_id from audit_inbox where events[1]::jsonb #>> '{resource,id}' = $1",
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0].event)).toMatchObject({
      v: 1,
      class: "change",
      type: "workflow.created",
      tenantId: place.tenant.id,
      workspaceId: place.workspace.id,
      region: "us-east-1",
      actor: { id: place.person.id, kind: "user", authentication: "session" },
      permission: "workflow:create",
      decisionId: grant.decisionId,
      requestId: "request",
    });
    expect(rows[0]).toMatchObject({ tenant_id: place.tenant.id });
  });

  it("leaves neither change nor event when it throws", async () => {
    const grant = grantAt(place, "workflow:create");
    const id = newId(grant);
    const failing = write(grant, async (tx) => {
      await create(tx, id);
      throw new RangeError("thought better of it");
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect([await rowsOf(id), await eventsOf(id)]).toEqual([0, 0]);
  });

  it("is not reported as done when a failure inside it was swallowed", async () => {
    const grant = grantAt(place, "workflow:create");
    const id = newId(grant);
    const swallowing = write(grant, async (tx) => {
      await create(tx, id);
      await create(tx, id).catch(() => undefined);
      return "done";
    });
    await expect(swallowing).rejects.toThrow(UniqueViolation);
    expect(await rowsOf(id)).toBe(0);
  });

  it("does nothing once the principal's rights changed", async () => {
    const one = await makePlace(world);
    const grant = grantAt(one, "workflow:create");
    await world.superuser.query("delete from role_bindings where user_id = $1", [one.person.id]);
    let ran = false;
    const writing = write(grant, async () => {
      ran = true;
    });
    await expect(writing).rejects.toThrow(StaleEpoch);
    expect(ran).toBe(false);
  });

  it("fails once, as a database that is away, when a type changed under its prepared statements", async () => {
    const id = await makeWorkflow(world, place, "type changed");
    const look = () =>
      write(grantAt(place, "workflow:update"), (tx) =>
        tx.workflow.findFirst({ where: { id }, select: { name: true } }),
      );
    expect(await look()).toEqual({ name: "type changed" });
    await world.superuser.query("alter table workflows alter column name type varchar(1000)");
    await expect(look()).rejects.toThrow(CellUnavailable);
    expect(await look()).toEqual({ name: "type changed" });
    await world.superuser.query("alter table workflows alter column name type text");
  });

  it("begins in one round trip, together with its scope", async () => {
    const grant = grantAt(place, "workflow:update");
    const nothing = () => write(grant, async () => undefined);
    await nothing();
    world.wire.reset();
    await nothing();
    expect(world.wire.roundTrips).toBe(2);
    expect(world.wire.sent["S"]).toBe(2);
  });

  it("cannot touch rows of another tenant or workspace", async () => {
    const other = await makePlace(world);
    const id = await makeWorkflow(world, other, "theirs");
    const grant = grantAt(place, "workflow:update");
    const renaming = write(grant, (tx) =>
      tx.workflow.update({ where: { id }, data: { name: "mine" } }),
    );
    await expect(renaming).rejects.toThrow(RowNotFound);
    const where = { id, tenantId: other.tenant.id, workspaceId: other.workspace.id };
    const counts = await write(grant, async (tx) => [
      await tx.workflow.updateMany({ where, data: { name: "mine" } }),
      await tx.workflow.deleteMany({ where }),
    ]);
    expect(counts).toEqual([{ count: 0 }, { count: 0 }]);
    expect(
      await countOf(world, "select count(*) from workflows where id = $1 and name = 'theirs'", [
        id,
      ]),
    ).toBe(1);
  });

  it.each([
    ["another tenant's id", (other: Place) => ({ tenantId: other.tenant.id })],
    ["another workspace's id", (other: Place) => ({ workspaceId: other.workspace.id })],
    ["a related row", () => ({ workflowVersions: { create: [] } })],
    ["a connection", () => ({ creator: { connect: { tenantId_id: { tenantId: "x", id: "y" } } } })],
  ])("refuses data that names %s before anything is sent", async (_what, extra) => {
    const other = await makePlace(world);
    const grant = grantAt(place, "workflow:create");
    const data = { id: newId(grant), name: "x", createdBy: place.person.id, ...extra(other) };
    const writing = write(grant, (tx) => tx.workflow.create({ data }));
    await expect(writing).rejects.toThrow(TypeError);
  });

  it("refuses a read or write inside it, which would wait for a second connection", async () => {
    const grant = grantAt(place, "workflow:create");
    const list = () => read(grant, (db) => db.workflow.findMany());
    await expect(write(grant, list)).rejects.toThrow(NestedScope);
    await expect(write(grant, () => write(grant, async () => undefined))).rejects.toThrow(
      NestedScope,
    );
    await expect(write(grant, () => dataKeyStore.active(place.tenant.id))).rejects.toThrow(
      NestedScope,
    );
    expect(await read(grant, async () => list())).toBeInstanceOf(Array);
  });

  it("never moves a row: tenant, workspace and id are not to be changed", async () => {
    const id = await makeWorkflow(world, place, "stays");
    const grant = grantAt(place, "workflow:update");
    const elsewhere = { workspaceId: newId(grant) };
    const moving = write(grant, (tx) =>
      tx.workflow.updateMany({
        where: { id },
        data: { name: "x", ...elsewhere },
      }),
    );
    await expect(moving).rejects.toThrow(TypeError);
  });

  it("ends by itself when it takes too long, and nothing of it stays", async () => {
    const grant = grantAt(place, "workflow:create");
    const id = newId(grant);
    const { prisma } = cellByCode(grant.cell);
    const slow = runInTransaction(
      prisma,
      scopeOf(grant, false),
      "transaction",
      async (_tx, inScope) => {
        await inScope(scopeOf(grant, false)).workflow.create({
          data: { id, name: id, createdBy: place.person.id },
        });
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
      200,
    );
    await expect(slow).rejects.toThrow(CellUnavailable);
    expect(await rowsOf(id)).toBe(0);
  });

  it("runs again, and tells it once, when the database gave it up for another that it was in the way of", async () => {
    const [one, other] = [
      await makeWorkflow(world, place, "one"),
      await makeWorkflow(world, place, "other"),
    ];
    const started = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = Promise.all(started.map(({ promise }) => promise));
    let attempts = 0;
    const rename = async (nth: 0 | 1, first: string, then: string) => {
      const grant = grantAt(place, "workflow:update");
      const event = await write(grant, async (tx) => {
        attempts += 1;
        await tx.workflow.update({ where: { id: first }, data: { description: `${nth}` } });
        started[nth]?.resolve();
        await both;
        await tx.workflow.update({ where: { id: then }, data: { description: `${nth}` } });
        return appendEvent(tx, {
          type: "workflow.updated",
          resource: { type: "workflow", id: first },
        });
      });
      expect(receiptOf(grant)).toBe(event);
    };
    await Promise.all([rename(0, one, other), rename(1, other, one)]);
    expect(attempts).toBe(3);
    expect([await eventsOf(one), await eventsOf(other)]).toEqual([1, 1]);
  });
});

describe("what the database refuses becomes one of a closed list of errors", () => {
  const writing = (fn: (tx: ScopedTransaction, id: string) => Promise<unknown>) => {
    const grant = grantAt(place, "workflow:create");
    return write(grant, (tx) => fn(tx, newId(grant)));
  };

  it("UniqueViolation with the key's name", async () => {
    await makeWorkflow(world, place, "taken");
    const twice = writing((tx, id) => create(tx, id, "taken"));
    await expect(twice).rejects.toMatchObject({
      kind: "unique_violation",
      constraint: "workflows_tenant_id_workspace_id_name_key",
    });
  });

  it("ReferenceViolation with the foreign key's name, also for another tenant's row", async () => {
    const other = await makePlace(world);
    const pointing = writing((tx, id) =>
      tx.workflow.create({ data: { id, name: id, createdBy: other.person.id } }),
    );
    await expect(pointing).rejects.toBeInstanceOf(ReferenceViolation);
    await expect(pointing).rejects.toMatchObject({
      constraint: "workflows_tenant_id_created_by_fkey",
    });
  });

  it("RefusedByDatabase for a trigger, a CHECK and a missing grant", async () => {
    const id = await makeWorkflow(world, place, "checked");
    const tooLong = writing((tx) =>
      tx.workflow.update({ where: { id }, data: { name: "x".repeat(400) } }),
    );
    await expect(tooLong).rejects.toMatchObject({
      kind: "refused_by_database",
      constraint: "workflows_name_check",
    });
    const moving = writing((tx) =>
      tx.tenant.update({ where: { id: place.tenant.id }, data: { region: "eu-west-1" } }),
    );
    await expect(moving).rejects.toThrow(RefusedByDatabase);
  });

  it("InvalidValue for text with U+0000", async () => {
    const zero = writing((tx, id) => create(tx, id, "a\u0000b"));
    await expect(zero).rejects.toThrow(InvalidValue);
  });

  it("CellUnavailable while the database is away, and all is well within a second of its return", async () => {
    const { database } = world.cell;
    const grant = grantAt(place, "workflow:read");
    const list = () => read(grant, (db) => db.workflow.findMany());
    const outside = new Client({ connectionString: superuserUrl() });
    await outside.connect();
    await outside.query(`alter database ${database} allow_connections false`);
    await outside.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename <> 'postgres'",
      [database],
    );
    await expect(list()).rejects.toThrow(CellUnavailable);
    await expect(writing((tx, id) => create(tx, id))).rejects.toThrow(CellUnavailable);
    await expect(sealOnce(1)).rejects.toThrow(CellUnavailable);
    await expect(systemJob("tidy", 1, (job) => job.tenants())).rejects.toThrow(CellUnavailable);
    expect(await cellHealth(1)).toMatchObject({ ok: false });
    await outside.query(`alter database ${database} allow_connections true`);
    await outside.end();
    await expect.poll(list, { timeout: 1_000 }).toBeInstanceOf(Array);
    await writing((tx, id) => create(tx, id));
    expect((await sealOnce(1)).sealed).toBeGreaterThan(0);
    await systemJob("tidy", 1, (job) => job.tenants());
    expect(await cellHealth(1)).toMatchObject({ ok: true });
  });
});
