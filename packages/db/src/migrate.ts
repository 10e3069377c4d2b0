import { platformTenantId } from "@aic-sos/contract/ids";
import { Client } from "pg";
import { applyMigration, inTransaction, PATIENCE, type Patience } from "./apply-migration.ts";
import { roleName } from "./bootstrap.ts";
import { type MigrationFile, migrationFiles } from "./migration-files.ts";
import { ensureHistory, pendingMigrations } from "./migration-history.ts";
import { MigrationRefused } from "./migration-refused.ts";
import { migrateQueue } from "./queue-schema.ts";
import { seedRoles } from "./role-seed.ts";

/** Which cell a database is to be: its code (0 to 4095) and region. */
export interface CellIdentity {
  readonly code: number;
  readonly region: string;
}

/** The lock of Prisma's own engine, so that `prisma migrate deploy` and we exclude each other. */
const LOCK = 72_707_369;

/**
 * Brings one cell's database to the version of this code: migrations (one transaction each, unless a file says otherwise), the job
 * queue's own tables, marker row, the reserved tenant `platform`, and the role tables. Whoever comes second waits for the first and
 * finds nothing left to do. Servers may be at work meanwhile.
 * @param ownerUrl a connection as `aic_owner`, direct (no pooler in between: the lock belongs to the session)
 * @throws MigrationRefused; then nothing of the failing step is in the database, but for what a file without a transaction had committed
 */
export async function migrate(
  ownerUrl: string,
  cell: CellIdentity,
  files: readonly MigrationFile[] = migrationFiles(),
  patience: Patience = PATIENCE,
): Promise<{ applied: string[] }> {
  const client = new Client({ connectionString: ownerUrl, application_name: "aic-migrate" });
  // One that dies in a pause makes the next statement fail.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await mustBeOwner(client);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await markerMustFit(client, cell);
    await ensureHistory(client);
    const applied: string[] = [];
    for (const file of await pendingMigrations(client, files)) {
      await applyMigration(client, file, patience);
      applied.push(file.name);
    }
    await migrateQueue(ownerUrl);
    await inTransaction(client, () => seed(client, cell));
    return { applied };
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function mustBeOwner(client: Client): Promise<void> {
  const { rows } = await client.query<{ user: string; owner: string }>(
    `SELECT current_user AS user, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()`,
  );
  const { user = "?", owner = "?" } = rows[0] ?? {};
  if (user === roleName("owner") && owner === user) return;
  throw new MigrationRefused(
    "wrong_role",
    `migrations run as ${roleName("owner")}, who owns the database; here ${user} is connected and ${owner} owns it. ` +
      "Run `pnpm db:bootstrap` and use the owner URL that it prints.",
  );
}

/** Before anything is changed: a US URL in the EU entry must not even be migrated. */
async function markerMustFit(client: Client, cell: CellIdentity): Promise<void> {
  const { rows: there } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('public.cell_marker') IS NOT NULL AS there",
  );
  if (!there[0]?.there) return;
  const { rows } = await client.query<{ cell: number; region: string }>(
    "SELECT cell, region FROM cell_marker",
  );
  const marker = rows[0];
  if (!marker || (marker.cell === cell.code && marker.region === cell.region)) return;
  throw new MigrationRefused(
    "wrong_marker",
    `the database is cell ${marker.cell} of ${marker.region}, but the configuration names it as cell ${cell.code} of ` +
      `${cell.region}. Correct the URL in the configuration.`,
  );
}

async function seed(client: Client, cell: CellIdentity): Promise<void> {
  await client.query(
    "INSERT INTO cell_marker (cell, region) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [cell.code, cell.region],
  );
  await client.query(
    `INSERT INTO tenants (tenant_id, name, slug, region) VALUES ($1, 'Platform', 'platform', $2) ON CONFLICT DO NOTHING`,
    [platformTenantId(cell.code), cell.region],
  );
  await client.query("GRANT SELECT ON _prisma_migrations TO aic_app");
  await seedRoles(client);
}
