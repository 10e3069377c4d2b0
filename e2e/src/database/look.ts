import pg from "pg";

/** Runs `work` on one connection of its own, then closes it. */
export async function withDatabase<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "exit-gate" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table of the product, by name. */
export async function tableNames(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** Every table with a column of that name. */
export async function tablesWith(client: pg.Client, column: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
      join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
      where c.table_schema = 'public' and c.column_name = $1 order by 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

/** How many rows a query of one number finds. */
export async function countOf(
  client: pg.Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql, [...values]);
  return Number(rows[0]?.count ?? 0);
}

/** What the database said no with, or undefined when it let the statement pass. Nothing stays of it. */
export async function refusalOf(
  client: pg.Client,
  scope: { tenantId: string; workspaceId: string },
  sql: string,
  values: readonly unknown[],
): Promise<string | undefined> {
  await client.query("begin");
  try {
    await enterScope(client, scope);
    await client.query(sql, [...values]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.query("rollback");
  }
}

/** The scope that row-level security reads, for the transaction at hand. */
export async function enterScope(
  client: pg.Client,
  { tenantId, workspaceId }: { tenantId: string; workspaceId: string },
): Promise<void> {
  await client.query(
    "select set_config('app.tenant_id', $1, true), set_config('app.workspace_id', $2, true)",
    [tenantId, workspaceId],
  );
}
