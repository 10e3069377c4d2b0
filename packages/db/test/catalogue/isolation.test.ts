import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  connected,
  enterScope,
  type ForeignKey,
  foreignKeys,
  rolledBack,
  sqlState,
  tenantTables,
  workspaceTables,
} from "./catalogue.ts";
import { type FullTenant, fillTenant } from "./fixture.ts";

const NO_PRIVILEGE = "42501";
const FOREIGN_KEY = "23503";

let cells: FreshCells;
let superuser: Client;
let app: Client;
let ours: FullTenant;
let theirs: FullTenant;
let tables: string[];

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  app = await connected(cells.us.urls.app);
  ours = await fillTenant(superuser, cells.us);
  theirs = await fillTenant(superuser, cells.us);
  tables = await tenantTables(superuser);
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});

/** Rows of `tenantId` that `db` sees, or the SQLSTATE of the refusal. */
async function visible(db: Client, table: string, tenantId: string): Promise<number | string> {
  try {
    const { rows } = await db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE tenant_id = $1`,
      [tenantId],
    );
    return rows[0]?.n ?? 0;
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}

/** A row of a tenant as JSON. */
async function rowOf(table: string, tenantId: string): Promise<Record<string, unknown>> {
  const { rows } = await superuser.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1 ORDER BY 1 LIMIT 1`,
    [tenantId],
  );
  const row = rows[0]?.row;
  if (!row) throw new Error(`${table} has no row: add one to fixture.ts`);
  return row;
}

function insertRow(db: Client, table: string, row: Record<string, unknown>) {
  return db.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`, [
    row,
  ]);
}

describe("between tenants, by raw SQL as the application role", () => {
  it("every tenant table has a row of both tenants to try it on", async () => {
    const empty = [];
    for (const table of tables) {
      for (const { tenant } of [ours, theirs]) {
        if (!((await visible(superuser, table, tenant.id)) as number)) empty.push(table);
      }
    }
    expect(tables.length).toBeGreaterThan(35);
    expect(empty, "add a row of these tables to fixture.ts").toEqual([]);
  });

  it("our own rows are seen in our scope, so that the tests below mean something", async () => {
    for (const table of tables) {
      const seen = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id);
        return visible(app, table, ours.tenant.id);
      });
      expect(seen === 0, table).toBe(false);
      expect(seen === NO_PRIVILEGE, table).toBe(table === "audit_inbox");
    }
  });

  it("another tenant's row is invisible, and is there", async () => {
    for (const table of tables) {
      const seen = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id);
        return visible(app, table, theirs.tenant.id);
      });
      expect(seen, table).toBe(table === "audit_inbox" ? NO_PRIVILEGE : 0);
      expect(await visible(superuser, table, theirs.tenant.id), table).toBeGreaterThan(0);
    }
  });

  it("without a scope no row is seen and none is written", async () => {
    for (const table of tables) {
      const seen = await visible(app, table, ours.tenant.id);
      expect(seen, table).toBe(table === "audit_inbox" ? NO_PRIVILEGE : 0);
      const row = { ...(await rowOf(table, ours.tenant.id)), id: freshId(cells.us.code) };
      expect(await sqlState(insertRow(app, table, row)), table).toBe(NO_PRIVILEGE);
    }
  });

  it("another tenant's row cannot be changed", async () => {
    for (const table of tables) {
      const column = table === "tenants" ? "tenant_id" : "id";
      const { rows } = await superuser.query<{ name: string }>(
        `SELECT column_name AS name FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name = $1 AND has_column_privilege('aic_app', $2::regclass, column_name, 'UPDATE')`,
        [table, table],
      );
      for (const name of [column, ...rows.map((row) => row.name)]) {
        const changed = await rolledBack(app, async () => {
          await enterScope(app, ours.tenant.id);
          return changedRows(`UPDATE ${table} SET ${name} = ${name} WHERE tenant_id = $1`);
        });
        expect(changed, `${table}.${name}`).toBe(name === column ? NO_PRIVILEGE : 0);
      }
    }
  });

  it("another tenant's row cannot be deleted", async () => {
    for (const table of tables) {
      const deleted = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id);
        return changedRows(`DELETE FROM ${table} WHERE tenant_id = $1`);
      });
      expect([0, NO_PRIVILEGE], table).toContain(deleted);
    }
  });

  it("a row cannot be put into another tenant", async () => {
    for (const table of tables) {
      const row = { ...(await rowOf(table, theirs.tenant.id)), id: freshId(cells.us.code) };
      const state = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id);
        return sqlState(insertRow(app, table, row));
      });
      expect(state, table).toBe(NO_PRIVILEGE);
    }
  });

  async function changedRows(sql: string): Promise<number | string> {
    try {
      return (await app.query(sql, [theirs.tenant.id])).rowCount ?? 0;
    } catch (error) {
      if (error instanceof Error && "code" in error) return String(error.code);
      throw error;
    }
  }
});

describe("references", () => {
  it("a row of another tenant cannot be referenced, not even by a superuser", async () => {
    const keys = (await foreignKeys(superuser)).filter((key) => ownColumns(key).length > 0);
    expect(keys.length).toBeGreaterThanOrEqual(60);
    for (const key of keys) {
      expect(refusals(key), key.name).toContain(await referTo(key));
    }
  });

  it("the application role gets no further in its own scope", async () => {
    for (const key of (await foreignKeys(superuser)).filter(
      (each) => ownColumns(each).length > 0,
    )) {
      expect([...refusals(key), NO_PRIVILEGE], key.name).toContain(await referTo(key, "aic_app"));
    }
  });

  /** Content in a workspace that is not the tenant's: its trigger answers before the key does. */
  function refusals(key: ForeignKey): string[] {
    return key.table === "record_contents" ? [FOREIGN_KEY, "AE003"] : [FOREIGN_KEY];
  }

  /** Replaces our row by one that points to the other tenant's. */
  async function referTo(key: ForeignKey, role?: string): Promise<string> {
    const target = await rowOf(key.target, theirs.tenant.id);
    const row = { ...(await rowOf(key.table, ours.tenant.id)), id: freshId(cells.us.code) };
    key.columns.forEach((column, index) => {
      if (column !== "tenant_id")
        Object.assign(row, { [column]: target[key.targetColumns[index] ?? ""] });
    });
    return rolledBack(superuser, async () => {
      // Out of the way, past every trigger, so that no unique key answers first.
      await superuser.query("SET LOCAL session_replication_role = replica");
      await superuser.query(`DELETE FROM ${key.table} WHERE tenant_id = $1`, [ours.tenant.id]);
      await superuser.query("SET LOCAL session_replication_role = origin");
      await enterScope(superuser, ours.tenant.id);
      if (role) await superuser.query(`SET LOCAL ROLE ${role}`);
      return sqlState(insertRow(superuser, key.table, row));
    });
  }
});

describe("between workspaces of one tenant", () => {
  it("a workspace's scope sees its own rows and none of another workspace", async () => {
    for (const table of await workspaceTables(superuser)) {
      const [own, foreign] = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id, ours.workspace.id);
        const mine = await countIn(table);
        await enterScope(app, ours.tenant.id, ours.other.id);
        return [mine, await countIn(table)];
      });
      expect(own, table).toBeGreaterThan(0);
      expect(foreign, table).toBe(0);
    }
  });

  it("a workspace's scope sees no other workspace", async () => {
    const seen = await rolledBack(app, async () => {
      await enterScope(app, ours.tenant.id, ours.workspace.id);
      return (await app.query<{ id: string }>("SELECT id FROM workspaces")).rows;
    });
    expect(seen).toEqual([{ id: ours.workspace.id }]);
  });

  it("a workspace's scope cannot give a tenant-wide role, and can read one", async () => {
    const binding = { ...(await rowOf("role_bindings", ours.tenant.id)), workspace_id: null };
    await rolledBack(app, async () => {
      await enterScope(app, ours.tenant.id, ours.workspace.id);
      const row = { ...binding, id: freshId(cells.us.code) };
      expect(await sqlState(insertRow(app, "role_bindings", row))).toBe(NO_PRIVILEGE);
    });
    await rolledBack(superuser, async () => {
      await insertRow(superuser, "role_bindings", { ...binding, id: freshId(cells.us.code) });
      await enterScope(superuser, ours.tenant.id, ours.other.id);
      await superuser.query("SET LOCAL ROLE aic_app");
      const { rows } = await superuser.query("SELECT workspace_id FROM role_bindings");
      expect(rows).toEqual([{ workspace_id: null }]);
      const deleted = await superuser.query("DELETE FROM role_bindings");
      expect(deleted.rowCount).toBe(0);
    });
  });

  it("a tenant without a workspace in its scope sees no workspace's rows", async () => {
    for (const table of await workspaceTables(superuser)) {
      const seen = await rolledBack(app, async () => {
        await enterScope(app, ours.tenant.id, "");
        return countIn(table);
      });
      expect(seen, table).toBe(0);
    }
  });

  async function countIn(table: string): Promise<number> {
    const { rows } = await app.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`,
      [ours.workspace.id],
    );
    return rows[0]?.n ?? 0;
  }
});

function ownColumns(key: ForeignKey): readonly string[] {
  return key.columns.includes("tenant_id")
    ? key.columns.filter((column) => column !== "tenant_id")
    : [];
}
