import type { ClientBase } from "pg";
import type { MigrationFile } from "./migration-files.ts";
import { MigrationRefused } from "./migration-refused.ts";

/** The table as Prisma's engine makes it, so that `prisma migrate status` and `deploy` agree. */
const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

export async function ensureHistory(client: ClientBase): Promise<void> {
  await client.query("SET client_min_messages = warning");
  await client.query(HISTORY_TABLE);
  await client.query("RESET client_min_messages");
}

/**
 * What is left to apply. @throws MigrationRefused when the history is not one that this code can continue
 */
export async function pendingMigrations(
  client: ClientBase,
  files: readonly MigrationFile[],
): Promise<readonly MigrationFile[]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  const known = new Map(files.map((file) => [file.name, file]));
  for (const row of rows) {
    const file = known.get(row.name);
    if (!file) {
      throw new MigrationRefused(
        "database_newer",
        `the database has the migration ${row.name}, which this version of the code does not know: it was migrated by a ` +
          "newer version. Start that version, or restore the database from before it.",
      );
    }
    if (!row.finished) {
      throw new MigrationRefused(
        "unfinished",
        `the migration ${row.name} was begun by another tool and not finished. Mend the database and mark it with ` +
          "`prisma migrate resolve`.",
      );
    }
    if (row.checksum !== file.checksum) {
      throw new MigrationRefused(
        "checksum_changed",
        `the migration ${row.name} was changed after it had been applied. Take the change back and put it into a new migration.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.name));
  return files.filter((file) => !applied.has(file.name));
}
