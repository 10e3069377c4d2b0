import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APPEND_ONLY_TABLES } from "../../src/self-check-tables.ts";
import { connected, enterScope, rolledBack, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant } from "./fixture.ts";

const IMMUTABLE = "AE002";
const NO_PRIVILEGE = "42501";

let cells: FreshCells;
let superuser: Client;
let owner: Client;
let app: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  owner = await connected(cells.us.urls.owner);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await Promise.all([owner?.end(), app?.end()]);
  await cells?.drop();
});

/** What the statement answers the three of them; each is rolled back. */
async function answers(sql: string): Promise<Record<"app" | "owner" | "superuser", string>> {
  const attempt = (db: Client) =>
    rolledBack(db, async () => {
      await enterScope(db, full.tenant.id);
      return sqlState(db.query(sql));
    });
  return {
    app: await attempt(app),
    owner: await attempt(owner),
    superuser: await attempt(superuser),
  };
}

const REFUSED = { app: NO_PRIVILEGE, owner: IMMUTABLE, superuser: IMMUTABLE };

describe("by hand, as the application role, as the owner, and as a superuser", () => {
  it.each(["workspaces", "tenants"])("the region of %s cannot be changed", async (table) => {
    expect(await answers(`UPDATE ${table} SET region = 'eu-west-1'`)).toEqual(REFUSED);
    expect(await answers(`TRUNCATE ${table} CASCADE`)).toEqual(REFUSED);
  });

  it("a tenant's or workspace's id cannot be changed", async () => {
    const id = "01890000-0000-8001-8000-000000000001";
    expect(await answers(`UPDATE tenants SET tenant_id = '${id}'`)).toEqual(REFUSED);
    expect(await answers(`UPDATE workspaces SET id = '${id}'`)).toEqual(REFUSED);
  });

  it.each(APPEND_ONLY_TABLES)("no column of %s can be changed", async (table) => {
    const { rows } = await superuser.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
      [table],
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { name } of rows) {
      expect(await answers(`UPDATE ${table} SET ${name} = ${name}`), name).toEqual(REFUSED);
    }
  });

  it.each(APPEND_ONLY_TABLES)("%s cannot be emptied by TRUNCATE", async (table) => {
    expect(await answers(`TRUNCATE ${table} CASCADE`)).toEqual(REFUSED);
  });

  it.each(APPEND_ONLY_TABLES.filter((table) => table !== "audit_inbox"))(
    "a row of %s cannot be deleted",
    async (table) => {
      expect(await answers(`DELETE FROM ${table}`)).toEqual(REFUSED);
    },
  );

  it("an event that is not in the log cannot be deleted from the inbox", async () => {
    const answer = await answers("DELETE FROM audit_inbox");
    expect(answer).toEqual({ app: NO_PRIVILEGE, owner: "AE005", superuser: "AE005" });
  });

  it("a decision cannot be unsaid by deleting what was asked or its step", async () => {
    const owned = { app: NO_PRIVILEGE, owner: IMMUTABLE, superuser: IMMUTABLE };
    expect(await answers("DELETE FROM approval_requests")).toEqual(owned);
    expect(await answers("DELETE FROM steps")).toEqual(owned);
  });

  it("the cell of a database cannot be changed", async () => {
    expect(await answers("UPDATE cell_marker SET cell = 7")).toEqual(REFUSED);
    expect(await answers("UPDATE cell_marker SET region = 'eu-west-1'")).toEqual(REFUSED);
  });
});

it("the rows are all still there", async () => {
  for (const table of APPEND_ONLY_TABLES) {
    const { rowCount } = await superuser.query(`SELECT FROM ${table} WHERE tenant_id = $1`, [
      full.tenant.id,
    ]);
    expect(rowCount, table).toBe(1);
  }
});
