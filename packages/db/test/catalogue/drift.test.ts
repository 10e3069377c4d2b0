import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { afterAll, beforeAll, expect, it } from "vitest";
import { diagnose, diffToSchema, withSchemaEngine } from "./schema-engine.ts";

let cells: FreshCells;

beforeAll(async () => {
  cells = await freshCells();
});
afterAll(() => cells?.drop());

it("the migrated database equals schema.prisma, in the eyes of Prisma's own engine", async () => {
  const sql = await withSchemaEngine(cells.us.urls.owner, diffToSchema);
  expect(sql.trim()).toBe("-- This is an empty migration.");
});

it("the engine would notice a difference", async () => {
  const db = await cells.superuser(cells.eu);
  await db.query("ALTER TABLE workflows ADD COLUMN extra text");
  await db.query("DROP INDEX runs_tenant_id_requested_by_idx");
  const sql = await withSchemaEngine(cells.eu.urls.owner, diffToSchema);
  expect(sql).toContain('DROP COLUMN "extra"');
  expect(sql).toContain("runs_tenant_id_requested_by_idx");
});

it("the engine finds the history applied, as `prisma migrate status` would", async () => {
  const found = await withSchemaEngine(cells.us.urls.owner, diagnose);
  expect(found).toMatchObject({
    hasMigrationsTable: true,
    history: null,
    failedMigrationNames: [],
    editedMigrationNames: [],
  });
});
