import { readFileSync } from "node:fs";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TABLES_WITHOUT_TENANT } from "../../src/self-check-tables.ts";
import { foreignKeys, indexes, tenantTables, workspaceTables } from "./catalogue.ts";

let cells: FreshCells;
let db: Client;
let tables: string[];

beforeAll(async () => {
  cells = await freshCells();
  db = await cells.superuser(cells.us);
  tables = await tenantTables(db);
});
afterAll(() => cells?.drop());

async function names(sql: string, ...values: unknown[]): Promise<string[]> {
  return (await db.query<{ name: string }>(sql, values)).rows.map((row) => row.name);
}

/** Look-ups before anybody is known: the only keys and indexes that may begin with something else. */
const LOGIN_LOOKUPS = ["email_domains_domain_idx", "tenants_slug_key"];

/** Of the log: the tenant itself, in the first event only. */
const LOG = { reference: "audit_events_log_of_fkey", index: "audit_events_log_of_idx" };

describe("every tenant table", () => {
  it("forces row-level security", async () => {
    const open = await names(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1::text[])
         AND NOT (relrowsecurity AND relforcerowsecurity)`,
      tables,
    );
    expect(open).toEqual([]);
  });

  it("has a policy for the application role, or it has no business there, and one for the owner", async () => {
    for (const role of ["aic_app", "aic_owner"]) {
      const without = await names(
        `SELECT t AS name FROM unnest($1::text[]) t WHERE NOT EXISTS (
           SELECT FROM pg_policy p WHERE p.polrelid = t::regclass AND $2::regrole = ANY (p.polroles))`,
        tables,
        role,
      );
      expect(without, role).toEqual([]);
    }
  });

  it("has no policy for PUBLIC", async () => {
    expect(
      await names(
        "SELECT polrelid::regclass::text AS name FROM pg_policy WHERE 0 = ANY (polroles)",
      ),
    ).toEqual([]);
  });

  it("reads the scope in sub-selects, so that it is evaluated once a statement", async () => {
    const bare = await names(
      `SELECT polname || ' on ' || polrelid::regclass AS name FROM pg_policy,
         concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) AS e
         WHERE regexp_count(e, 'current_setting\\(') <> regexp_count(e, 'SELECT \\(?(NULLIF\\()*current_setting\\(')`,
    );
    expect(bare).toEqual([]);
  });

  it("has the primary key (tenant_id, id)", async () => {
    const keys = (await indexes(db)).filter(
      (index) => index.primary && tables.includes(index.table),
    );
    const wrong = keys.filter(
      (key) => key.columns.join() !== "tenant_id,id" && key.table !== "tenants",
    );
    expect(wrong).toEqual([]);
    expect(keys.find((key) => key.table === "tenants")?.columns).toEqual(["tenant_id"]);
  });

  it("has foreign keys that carry the tenant on both sides", async () => {
    const keys = (await foreignKeys(db)).filter((key) => tables.includes(key.table));
    const wrong = keys.filter(
      (key) => key.columns[0] !== "tenant_id" || key.targetColumns[0] !== "tenant_id",
    );
    expect(wrong.map((key) => key.name)).toEqual([LOG.reference]);
  });

  it("points to what is of a workspace together with the workspace", async () => {
    const ofWorkspace = await workspaceTables(db);
    const keys = (await foreignKeys(db)).filter((key) => ofWorkspace.includes(key.target));
    expect(keys.filter((key) => key.columns[1] !== "workspace_id")).toEqual([]);
  });

  it("belongs to a tenant by foreign keys, directly or through what it belongs to", async () => {
    const keys = await foreignKeys(db);
    const lost = tables.filter(
      (table) => table !== "tenants" && !keys.some((key) => key.table === table),
    );
    expect(lost).toEqual([]);
  });

  it("checks that its ids name the tenant's cell", async () => {
    const without = await names(
      `SELECT t AS name FROM unnest($1::text[]) t WHERE t <> 'tenants' AND NOT EXISTS (
         SELECT FROM pg_constraint c WHERE c.conrelid = t::regclass AND c.contype = 'c' AND c.convalidated
           AND pg_get_constraintdef(c.oid) = $2)`,
      tables,
      "CHECK ((SUBSTRING(uuid_send(id) FROM 7 FOR 2) = SUBSTRING(uuid_send(tenant_id) FROM 7 FOR 2)))",
    );
    expect(without).toEqual([]);
  });
});

describe("indexes", () => {
  it("lead with the tenant, but for the listed look-ups of the login", async () => {
    const others = (await indexes(db)).filter(
      (index) => tables.includes(index.table) && index.columns[0] !== "tenant_id",
    );
    expect(others.map((index) => index.name).toSorted()).toEqual([LOG.index, ...LOGIN_LOOKUPS]);
  });

  it("of unique keys lead with the tenant, but for the slug", async () => {
    const others = (await indexes(db)).filter(
      (index) => index.unique && tables.includes(index.table) && index.columns[0] !== "tenant_id",
    );
    expect(others.map((index) => index.name)).toEqual(["tenants_slug_key"]);
  });

  it("serve every (tenant_id, workspace_id)", async () => {
    const all = (await indexes(db)).filter((index) => !index.partial);
    const missing = (await workspaceTables(db)).filter(
      (table) =>
        !all.some(
          (index) =>
            index.table === table && beginsWith(index.columns, ["tenant_id", "workspace_id"]),
        ),
    );
    expect(missing).toEqual([]);
  });

  it("serve every foreign key", async () => {
    const all = (await indexes(db)).filter((index) => !index.partial || index.name === LOG.index);
    const missing = (await foreignKeys(db)).filter(
      (key) =>
        !all.some((index) => index.table === key.table && beginsWith(index.columns, key.columns)),
    );
    expect(missing.map((key) => key.name)).toEqual([]);
  });

  function beginsWith(columns: readonly string[], wanted: readonly string[]): boolean {
    return columns.slice(0, wanted.length).toSorted().join() === wanted.toSorted().join();
  }
});

describe("types", () => {
  it("no enum exists: under row-level security its operators could not use an index", async () => {
    expect(await names("SELECT typname AS name FROM pg_type WHERE typtype = 'e'")).toEqual([]);
  });

  it("every instant is timestamptz(3)", async () => {
    const other = await names(
      `SELECT attrelid::regclass || '.' || attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations' AND a.attnum > 0
           AND format_type(a.atttypid, a.atttypmod) ~ '^(date|time)' AND format_type(a.atttypid, a.atttypmod) <> 'timestamp(3) with time zone'`,
    );
    expect(other).toEqual([]);
  });

  it("an id of another version, of another cell, or a tenant of another region is refused", async () => {
    const insert = "INSERT INTO tenants (tenant_id, name, slug, region) VALUES ($1, 'X', $2, $3)";
    const european = "01890000-0000-8002-8000-000000000001";
    const random = "7e9f3c9a-1111-4111-8111-000000000001";
    const american = "01890000-0000-8001-8000-000000000001";
    await expect(db.query(insert, [european, "a", "us-east-1"])).rejects.toMatchObject({
      code: "AE004",
    });
    await expect(db.query(insert, [random, "b", "us-east-1"])).rejects.toMatchObject({
      code: "AE004",
    });
    await expect(db.query(insert, [american, "c", "eu-west-1"])).rejects.toMatchObject({
      code: "AE004",
    });
  });
});

describe("tables without a tenant", () => {
  it("are exactly those that the decision record lists", async () => {
    const record = readFileSync(
      new URL("../../../../docs/adr/0004-tables-without-a-tenant.md", import.meta.url),
      "utf8",
    );
    const listed = [...record.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1] ?? "");
    expect(listed.toSorted()).toEqual(TABLES_WITHOUT_TENANT.toSorted());
  });

  it("have no tenant_id, so that none hides among them", async () => {
    const hidden = await names(
      `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name = ANY ($1::text[])`,
      TABLES_WITHOUT_TENANT,
    );
    expect(hidden).toEqual([]);
  });
});
