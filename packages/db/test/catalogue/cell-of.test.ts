import { randomUUID } from "node:crypto";
import { cellOf, makeId, platformTenantId } from "@aic-sos/contract/ids";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import fc from "fast-check";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

let cells: FreshCells;
let db: Client;

beforeAll(async () => {
  cells = await freshCells();
  db = await cells.superuser(cells.us);
});
afterAll(() => cells?.drop());

async function inSql(ids: readonly string[]) {
  const { rows } = await db.query<{ cell: number; platform: boolean }>(
    "SELECT cell_of(id) AS cell, is_platform_tenant(id) AS platform FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, n) ORDER BY n",
    [ids],
  );
  return rows;
}

const id = fc
  .tuple(
    fc.integer({ min: 0, max: 0xfff }),
    fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    fc.uint8Array({ minLength: 8, maxLength: 8 }),
  )
  .map(([cell, time, random]) => makeId(cell, time, random));

it("SQL and TypeScript read the same cell out of every id", async () => {
  const ids = fc.sample(id, 2000);
  expect((await inSql(ids)).map((row) => row.cell)).toEqual(ids.map(cellOf));
});

it("any other UUID is of no cell, so no row can carry it", async () => {
  const others = Array.from({ length: 100 }, () => randomUUID());
  expect(new Set((await inSql(others)).map((row) => row.cell))).toEqual(new Set([-1]));
});

it("only the reserved tenants are the platform's", async () => {
  const platforms = [0, 1, 2, 0xfff].map(platformTenantId);
  expect((await inSql(platforms)).every((row) => row.platform)).toBe(true);
  expect((await inSql(fc.sample(id, 500))).some((row) => row.platform)).toBe(false);
});
