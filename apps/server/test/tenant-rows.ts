import type { Harness } from "./harness.ts";

/** Tables that jobs move on by themselves. */
const MOVING = /^(?:audit_|idempotency_keys|checkpoint_keys|data_keys)/;

/** Every row of a tenant of the US cell, but the log's, as text; without the times at which a credential was used. */
export async function rowsOfTenant(
  harness: Harness,
  tenantId: string,
): Promise<ReadonlySet<string>> {
  const db = await harness.cells.superuser(harness.us);
  const rows = new Set<string>();
  for (const table of await tenantTables(harness)) {
    if (MOVING.test(table)) continue;
    const found = await db.query<{ row: string }>(
      `select (to_jsonb(t) - 'last_seen_at' - 'last_used_at' - 'idle_expires_at')::text as row
        from ${table} as t where tenant_id = $1`,
      [tenantId],
    );
    for (const { row } of found.rows) rows.add(`${table} ${row}`);
  }
  return rows;
}

/** Every id in the tenant's rows, its own too. */
export async function idsOfTenant(
  harness: Harness,
  tenantId: string,
): Promise<{ readonly table: string; readonly id: string }[]> {
  const db = await harness.cells.superuser(harness.us);
  const ids = [{ table: "tenants", id: tenantId }];
  for (const table of await tenantTables(harness)) {
    if (table === "tenants") continue;
    const { rows } = await db.query<{ id: string }>(
      `select id from ${table} where tenant_id = $1`,
      [tenantId],
    );
    ids.push(...rows.map(({ id }) => ({ table, id })));
  }
  return ids;
}

async function tenantTables(harness: Harness): Promise<string[]> {
  const db = await harness.cells.superuser(harness.us);
  const { rows } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}
