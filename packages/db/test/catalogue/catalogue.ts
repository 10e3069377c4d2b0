import { Client } from "pg";
import { TABLES_WITHOUT_TENANT } from "../../src/self-check-tables.ts";

/** Every table of `public` that is not on the list of those without a tenant. */
export async function tenantTables(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> ALL ($1::text[]) ORDER BY relname`,
    [TABLES_WITHOUT_TENANT],
  );
  return rows.map((row) => row.name);
}

/** Those that also belong to a workspace (`workspace_id`). */
export async function workspaceTables(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** `c` cascade, `r` restrict, `a` no action, `n` set null. */
  readonly onDelete: string;
}

export async function foreignKeys(db: Client): Promise<ForeignKey[]> {
  const { rows } = await db.query<ForeignKey>(
    `SELECT con.conrelid::regclass::text AS table, con.conname AS name, con.confrelid::regclass::text AS target,
        con.confdeltype AS "onDelete",
        ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(num, pos)
          JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num ORDER BY k.pos) AS columns,
        ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(num, pos)
          JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.num ORDER BY k.pos) AS "targetColumns"
       FROM pg_constraint con WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  return rows;
}

export interface Index {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly partial: boolean;
  readonly columns: readonly string[];
}

export async function indexes(db: Client): Promise<Index[]> {
  const { rows } = await db.query<Index>(
    `SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name, i.indisunique AS unique,
        i.indisprimary AS primary, i.indpred IS NOT NULL AS partial,
        ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(num, pos)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num ORDER BY k.pos) AS columns
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  return rows;
}

/** A client as the role that the URL names. */
export async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

/** The SQLSTATE that `work` fails with, or `none` when it does not fail. */
export async function sqlState(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error) return String(error.code);
    throw error;
  }
}

/** Runs `work` in a transaction that is always rolled back. */
export async function rolledBack<T>(db: Client, work: () => Promise<T>): Promise<T> {
  await db.query("BEGIN");
  try {
    return await work();
  } finally {
    await db.query("ROLLBACK");
  }
}

/** Sets the scope of the running transaction, by hand as injected SQL could. */
export async function enterScope(db: Client, tenantId: string, workspaceId = "*"): Promise<void> {
  await db.query(
    "SELECT set_config('app.tenant_id', $1, true), set_config('app.workspace_id', $2, true)",
    [tenantId, workspaceId],
  );
}

/** Puts a batch of one event into the inbox: tenant, id, text. */
export const INTO_INBOX = `INSERT INTO audit_inbox (tenant_id, id, size, event_ids, events)
  VALUES ($1, $2, 1, ARRAY[$2::uuid], ARRAY[$3])`;

/** Seals a batch of the inbox, whole, and leaves it there. */
export async function sealBatch(sealer: Client, id: unknown): Promise<void> {
  await sealer.query(
    `SELECT seal_events(ARRAY[ctid], ARRAY[tenant_id], ARRAY[id], ARRAY[1], ARRAY[size]) FROM audit_inbox WHERE id = $1`,
    [id],
  );
}

/** Inserts a row of these columns by hand. */
export async function insertRow(
  db: Client,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = Object.keys(row);
  const holes = columns.map((_, at) => `$${at + 1}`);
  await db.query(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${holes.join(", ")})`,
    Object.values(row),
  );
}
