import type { Grant } from "@aic-sos/policy/grant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CellUnavailable,
  NoScope,
  RefusedByDatabase,
  RowNotFound,
  SeveralStatements,
  StaleEpoch,
} from "./errors.ts";
import { newId } from "./ids.ts";
import {
  read,
  readConsistent,
  type ScopedClient,
  type ScopedTransaction,
  write,
} from "./scoped.ts";
import {
  grantAt,
  grantIn,
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

describe("read", () => {
  it("is one round trip and one Sync, with its includes", async () => {
    await makeWorkflow(world, place, "with includes");
    const list = () =>
      read(grantAt(place, "workflow:read"), (db) =>
        db.workflow.findMany({
          include: {
            workflowVersions: { include: { creator: true } },
            creator: true,
            runs: { take: 1 },
          },
        }),
      );
    await list();
    world.wire.reset();
    const [found] = await list();
    expect(found?.creator.id).toBe(place.person.id);
    expect(world.wire.sent["S"]).toBe(1);
    expect(world.wire.roundTrips).toBe(1);
  });

  it("gives each of 50 tenants its own row when all ask in the same tick", async () => {
    const places = await Promise.all(Array.from({ length: 50 }, () => makePlace(world)));
    const ids = await Promise.all(places.map((one) => makeWorkflow(world, one, "mine")));
    const found = await Promise.all(
      places.map((one, index) =>
        read(grantAt(one, "workflow:read"), (db) =>
          db.workflow.findFirst({ where: { id: ids[index] ?? "" } }),
        ),
      ),
    );
    expect(found.map((row) => row?.id)).toEqual(ids);
    expect(found.map((row) => row?.tenantId)).toEqual(places.map((one) => one.tenant.id));
  });

  it("finds nothing of another tenant or of another workspace, by id or in a list", async () => {
    const other = await makePlace(world);
    const sibling = { ...place, workspace: await makeWorkspace(world.superuser, place.tenant) };
    const foreign = [
      await makeWorkflow(world, other, "other"),
      await makeWorkflow(world, sibling, "sibling"),
    ];
    const grant = grantAt(place, "workflow:read");
    for (const id of foreign) {
      expect(await read(grant, (db) => db.workflow.findFirst({ where: { id } }))).toBeNull();
      expect(
        await read(grant, (db) =>
          db.workflow.findMany({
            where: { id, tenantId: other.tenant.id, workspaceId: other.workspace.id },
          }),
        ),
      ).toEqual([]);
      expect(
        await read(grant, (db) => db.workflow.count({ where: { OR: [{ id }] }, take: 100 })),
      ).toBe(0);
    }
  });

  it("of two statements is refused, because they would not see the same moment", async () => {
    const twice = read(grantAt(place, "workflow:read"), async (db) => {
      await db.workflow.findMany();
      return db.workflow.findMany();
    });
    await expect(twice).rejects.toThrow(SeveralStatements);
  });

  it("cannot write, even when the types are talked out of it", async () => {
    const grant = grantAt(place, "workflow:read");
    const writing = (db: ScopedClient) =>
      (db as unknown as ScopedTransaction).environment.createMany({
        data: [{ id: newId(grant), name: "sneaked-in", workspaceId: place.workspace.id }],
      });
    await expect(read(grant, writing)).rejects.toThrow(RefusedByDatabase);
  });

  it("is over when it returns: its client is of no use to anybody", async () => {
    const kept = await read(grantAt(place, "workflow:read"), async (db) => db);
    await expect(kept.workflow.findMany()).rejects.toThrow(NoScope);
  });

  it("refuses an object that only looks like a grant", async () => {
    const forged = { ...grantAt(place, "workflow:read") } as Grant<"workflow:read">;
    await expect(read(forged, (db) => db.workflow.findMany())).rejects.toThrow(TypeError);
    await expect(write(forged, (tx) => tx.workflow.findMany())).rejects.toThrow(TypeError);
  });

  it("throws StaleEpoch once a right was taken away, and works with the new epoch", async () => {
    const one = await makePlace(world);
    const grant = grantAt(one, "workflow:read");
    await world.superuser.query("update users set state = 'disabled' where id = $1", [
      one.person.id,
    ]);
    await expect(read(grant, (db) => db.workflow.findMany())).rejects.toThrow(StaleEpoch);
    await expect(readConsistent(grant, (db) => db.workflow.findMany())).rejects.toThrow(StaleEpoch);
    const newer = { ...one.person.principal, epoch: one.person.principal.epoch + 1 };
    const again = grantIn(newer, "workflow:read", one.tenant.id, one.workspace.id);
    expect(await read(again, (db) => db.workflow.findMany())).toEqual([]);
  });

  it("of a cell that this process does not serve answers CellUnavailable", async () => {
    const principal = { ...place.person.principal, cell: 9 };
    const elsewhere = grantIn(principal, "workflow:read", place.tenant.id, place.workspace.id);
    await expect(read(elsewhere, (db) => db.workflow.findMany())).rejects.toThrow(CellUnavailable);
  });

  it("shows a workspace what the whole tenant shares, and lets it change its own only", async () => {
    const one = await makePlace(world);
    const shared = newId(one.tenant.cell);
    await world.superuser.query(
      "insert into role_bindings (tenant_id, id, user_id, role) values ($1, $2, $3, 'WorkspaceAdmin')",
      [one.tenant.id, shared, one.person.id],
    );
    const principal = { ...one.person.principal, epoch: one.person.principal.epoch + 1 };
    const grant = <P extends "member:read" | "role:remove">(permission: P) =>
      grantIn(principal, permission, one.tenant.id, one.workspace.id);
    const seen = await read(grant("member:read"), (db) => db.roleBinding.findMany());
    expect(seen).toHaveLength(2);
    const removing = write(grant("role:remove"), (tx) =>
      tx.roleBinding.delete({ where: { id: shared } }),
    );
    await expect(removing).rejects.toThrow(RowNotFound);
  });
});

describe("readConsistent", () => {
  it("sees one moment, whatever is committed meanwhile, and cannot write", async () => {
    const grant = grantAt(place, "workflow:read");
    const counts = await readConsistent(grant, async (db) => {
      const before = await db.workflow.findMany();
      await makeWorkflow(world, place, `meanwhile ${newId(grant)}`);
      const after = await db.workflow.findMany();
      return [before.length, after.length];
    });
    expect(counts[0]).toBe(counts[1]);
    const writing = readConsistent(grant, (db) =>
      (db as unknown as ScopedTransaction).workflow.deleteMany({ where: {} }),
    );
    await expect(writing).rejects.toThrow(RefusedByDatabase);
  });

  it("begins in one round trip", async () => {
    const grant = grantAt(place, "workflow:read");
    const two = () =>
      readConsistent(grant, async (db) => [
        await db.workflow.findFirst({}),
        await db.user.findFirst({}),
      ]);
    await two();
    world.wire.reset();
    await two();
    // BEGIN with its scope, two statements, COMMIT.
    expect(world.wire.roundTrips).toBe(4);
    expect(world.wire.sent["S"]).toBe(4);
  });
});
