import { bootstrapRoles, type RoleUrls } from "@aic-sos/db/bootstrap";
import type { DevSecrets } from "./dev-secrets.ts";
import type { RunningPostgres } from "./postgres.ts";

/** The regions of the demo, one cell each. */
const DEV_REGIONS = [
  { region: "us-east-1", cell: 1, database: "control_plane_us_east_1" },
  { region: "eu-west-1", cell: 2, database: "control_plane_eu_west_1" },
] as const;

export interface DevDatabase {
  readonly region: string;
  readonly cell: number;
  readonly name: string;
  readonly superuser: string;
  readonly urls: RoleUrls;
}

/**
 * Makes the databases and their roles where they are missing; the tables come with the server's
 * migrations.
 */
export async function devDatabases(
  postgres: RunningPostgres,
  passwords: DevSecrets["databasePasswords"],
): Promise<readonly DevDatabase[]> {
  const names = DEV_REGIONS.map(({ database }) => database);
  const urls = await bootstrapRoles(postgres.superuserUrl(), names, passwords);
  return DEV_REGIONS.map(({ region, cell, database }) => {
    const roles = urls[database];
    if (!roles) throw new Error(`the bootstrap gave no addresses for ${database}`);
    const superuser = postgres.superuserUrl(database);
    return { region, cell, name: database, superuser, urls: roles };
  });
}
