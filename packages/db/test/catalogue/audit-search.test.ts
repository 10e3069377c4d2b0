import { readFile } from "node:fs/promises";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connected, sqlState } from "./catalogue.ts";
import { fillTenant, sealedEvent } from "./fixture.ts";

const MIGRATION = new URL(
  "../../prisma/migrations/20261127600000_audit_search/migration.sql",
  import.meta.url,
);

let cells: FreshCells;

beforeAll(async () => {
  cells = await freshCells();
});
afterAll(() => cells?.drop());

it("events from before the log could be searched are found, too, and cannot be changed afterwards", async () => {
  const superuser = await cells.superuser(cells.us);
  const full = await fillTenant(superuser, cells.us);
  const facts = { tenantId: full.tenant.id, actorId: full.userId, seq: 7 };
  const old = sealedEvent(facts, 7);
  // As they lie there when the migration comes: nothing has filled the columns.
  await superuser.query("set session_replication_role = replica");
  const columns = Object.keys(old);
  await superuser.query(
    `insert into audit_events (tenant_id, ${columns.join(", ")})
      values ($1, ${columns.map((_, at) => `$${at + 2}`).join(", ")})`,
    [full.tenant.id, ...Object.values(old)],
  );
  await superuser.query("set session_replication_role = origin");
  const sql = await readFile(MIGRATION, "utf8");
  const begin = sql.indexOf("ALTER TABLE audit_events DISABLE TRIGGER immutable");
  const enable = "ALTER TABLE audit_events ENABLE TRIGGER immutable;";
  const owner = await connected(cells.us.urls.owner);
  await owner.query(sql.slice(begin, sql.indexOf(enable) + enable.length));
  const { rows } = await superuser.query("select action from audit_events where id = $1", [
    old["id"],
  ]);
  expect(rows).toEqual([{ action: "workspace.created" }]);
  expect(await sqlState(owner.query("update audit_events set action = 'nothing'"))).toBe("AE002");
  await owner.end();
});
