import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DATABASE_ROLES, roleName } from "../../src/bootstrap.ts";
import { DEFINERS } from "../../src/self-check-definers.ts";
import { APPEND_ONLY_TABLES, DERIVED_TABLES } from "../../src/self-check-tables.ts";
import { connected, sqlState } from "./catalogue.ts";

let cells: FreshCells;
let db: Client;

beforeAll(async () => {
  cells = await freshCells();
  db = await cells.superuser(cells.us);
});
afterAll(() => cells?.drop());

async function grantsOf(role: string): Promise<Record<string, string>> {
  const { rows } = await db.query<{ name: string; rights: string }>(
    `SELECT c.relname AS name, string_agg(p, ' ' ORDER BY p) AS rights
       FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
         AND (has_table_privilege($1, c.oid, p) OR p IN ('INSERT', 'UPDATE') AND has_any_column_privilege($1, c.oid, p))
       GROUP BY 1 ORDER BY 1`,
    [role],
  );
  return Object.fromEntries(rows.map(({ name, rights }) => [name, rights]));
}

describe("database roles", () => {
  it("none can bypass row-level security, make roles or databases, or become another", async () => {
    const { rows } = await db.query(
      `SELECT rolname FROM pg_roles r WHERE rolname = ANY ($1::text[])
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
           OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid))`,
      [DATABASE_ROLES.map(roleName)],
    );
    expect(rows).toEqual([]);
  });

  it("only the owner owns anything", async () => {
    const { rows } = await db.query(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace
       UNION SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    expect(rows).toEqual([{ owner: "aic_owner" }]);
  });

  it("the owner, bound by forced row-level security, sees every tenant by a policy of its own", async () => {
    const owner = await connected(cells.us.urls.owner);
    const { rowCount } = await owner.query("SELECT FROM tenants");
    await owner.end();
    expect(rowCount).toBe(1);
  });

  it("everybody else gets nothing: not the schema, not a table, not a function, not a connection", async () => {
    const { rows } = await db.query(
      `SELECT 'schema' AS what WHERE has_schema_privilege('public', 'public', 'USAGE')
       UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
         AND EXISTS (SELECT FROM aclexplode(relacl) a WHERE a.grantee = 0)
       UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
         AND has_function_privilege('public', oid, 'EXECUTE')
       UNION ALL SELECT datname FROM pg_database WHERE datname = current_database()
         AND EXISTS (SELECT FROM aclexplode(datacl) a WHERE a.grantee = 0)`,
    );
    expect(rows).toEqual([]);
  });

  it("no working role can make, read or write a large object, which all tenants would share", async () => {
    const { rows: functions } = await db.query<{ signature: string }>(
      `SELECT oid::regprocedure::text AS signature FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^lo(_|read$|write$)' OR prosrc ~ '^be_lo' ORDER BY 1`,
    );
    const signatures = functions.map(({ signature }) => signature);
    expect(signatures).toEqual(
      expect.arrayContaining(["lo_create(oid)", "lo_from_bytea(oid,bytea)", "lo_get(oid)"]),
    );
    const { rows } = await db.query(
      `SELECT role || ': ' || signature AS may FROM unnest($1::text[]) role, unnest($2::text[]) signature
         WHERE has_function_privilege(role, signature, 'EXECUTE')`,
      [DATABASE_ROLES.map(roleName), signatures],
    );
    expect(rows).toEqual([]);
  });

  it("every security-definer function pins its search path and belongs to the owner", async () => {
    const { rows } = await db.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
         AND (proowner <> 'aic_owner'::regrole OR NOT proconfig @> ARRAY['search_path=pg_catalog, pg_temp'])`,
    );
    expect(rows).toEqual([]);
  });

  it("the list of security-definer functions that our roles may call is what the migrations made, word for word", async () => {
    const { rows } = await db.query<{ name: string; roles: string[] }>(
      `SELECT p.oid::regprocedure::text AS name, array_agg(role ORDER BY role) AS roles FROM pg_proc p, unnest($1::text[]) role
         WHERE pronamespace = 'public'::regnamespace AND prosecdef AND has_function_privilege(role, p.oid, 'EXECUTE') GROUP BY 1`,
      [DATABASE_ROLES.filter((role) => role !== "owner").map(roleName)],
    );
    expect(Object.fromEntries(rows.map(({ name, roles }) => [name, roles]))).toEqual(DEFINERS);
  });
});

describe("grants", () => {
  it("the application role changes and deletes nothing that is append-only", async () => {
    const grants = await grantsOf("aic_app");
    for (const table of APPEND_ONLY_TABLES) {
      expect(["SELECT", "INSERT", "INSERT SELECT"], table).toContain(grants[table]);
    }
    expect(Object.values(grants).join(" ")).not.toMatch(/TRUNCATE|REFERENCES|TRIGGER/);
  });

  it("the application role only reads what a trigger derives", async () => {
    const grants = await grantsOf("aic_app");
    for (const table of DERIVED_TABLES) expect(grants[table], table).toBe("SELECT");
  });

  it("the application role cannot move a row: no UPDATE of an id, a tenant, a workspace or an epoch", async () => {
    const { rows } = await db.query(
      `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name IN ('tenant_id', 'id', 'workspace_id', 'created_at', 'created_by', 'epoch', 'region')
           AND has_column_privilege('aic_app', table_name::regclass, column_name, 'UPDATE')`,
    );
    expect(rows).toEqual([]);
  });

  it("the audit role puts events into the inbox and does nothing else", async () => {
    expect(await grantsOf("aic_audit")).toEqual({ audit_inbox: "INSERT", cell_marker: "SELECT" });
  });

  it("the sealer takes from the inbox and adds to the log, and does nothing else", async () => {
    expect(await grantsOf("aic_sealer")).toEqual({
      audit_checkpoints: "INSERT SELECT",
      // It adds to the log by a function, which takes all that it says from the inbox.
      audit_events: "SELECT",
      audit_inbox: "DELETE SELECT",
      audit_tree_nodes: "INSERT SELECT",
      cell_marker: "SELECT",
      webhook_deliveries: "INSERT",
    });
  });

  it("the sealer sees whose webhook there is and never its address or secret; it starts deliveries and no more", async () => {
    const { rows } = await db.query<{ name: string; right: string }>(
      `SELECT table_name || '.' || column_name AS name, privilege AS right
         FROM information_schema.columns, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) privilege
         WHERE table_name IN ('security_webhooks', 'webhook_deliveries')
           AND has_column_privilege('aic_sealer', table_name::regclass, column_name, privilege) ORDER BY 1`,
    );
    expect(rows.map(({ name, right }) => `${right} ${name}`)).toEqual([
      "SELECT security_webhooks.id",
      "SELECT security_webhooks.state",
      "SELECT security_webhooks.tenant_id",
      "INSERT webhook_deliveries.event_id",
      "INSERT webhook_deliveries.event_type",
      "INSERT webhook_deliveries.id",
      "INSERT webhook_deliveries.occurred_at",
      "INSERT webhook_deliveries.tenant_id",
      "INSERT webhook_deliveries.webhook_id",
    ]);
  });

  it("the jobs deliver, expire what has ended, and do nothing else", async () => {
    expect(await grantsOf("aic_jobs")).toEqual({
      audit_inbox: "INSERT",
      authorization_codes: "DELETE SELECT",
      cell_marker: "SELECT",
      device_codes: "DELETE SELECT",
      idempotency_keys: "DELETE SELECT",
      rate_limits: "DELETE SELECT",
      refresh_token_families: "DELETE SELECT",
      refresh_tokens: "DELETE SELECT",
      security_webhooks: "SELECT UPDATE",
      sessions: "DELETE SELECT",
      tenants: "SELECT",
      webhook_deliveries: "DELETE SELECT UPDATE",
    });
  });

  it("the application role can neither read the inbox nor make objects", async () => {
    const app = await connected(cells.us.urls.app);
    expect(await sqlState(app.query("SELECT FROM audit_inbox"))).toBe("42501");
    expect(await sqlState(app.query("CREATE TABLE mine (id int)"))).toBe("42501");
    expect(await sqlState(app.query("CREATE TEMP TABLE mine (id int)"))).toBe("42501");
    expect(await sqlState(app.query("SELECT lo_from_bytea(0, 'mine')"))).toBe("42501");
    expect(await sqlState(app.query("CALL protect_table('users', 'custom')"))).toBe("42501");
    expect(await sqlState(app.query("ALTER TABLE users DISABLE ROW LEVEL SECURITY"))).toBe("42501");
    expect(await sqlState(app.query("SET session_replication_role = replica"))).toBe("42501");
    await app.end();
  });
});
