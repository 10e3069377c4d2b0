import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { closeLargeObjects } from "./close-large-objects.ts";

/** The database roles, most first. They belong to the cluster, so no migration makes them. */
export const DATABASE_ROLES = ["owner", "app", "audit", "sealer", "jobs"] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** Connection URLs of one database. */
export type RoleUrls = Readonly<Record<DatabaseRole, string>>;

/** The role's name in PostgreSQL; migrations name these. */
export function roleName(role: DatabaseRole): string {
  return `aic_${role}`;
}

/** What is not named is made up for a new role and left as it is for one that exists. */
export type Passwords = Readonly<Partial<Record<DatabaseRole, string>>>;

/** Two bootstraps at once take turns. */
const LOCK = 4_209_001;

/**
 * Makes the roles and the databases, or brings them back in order: no superuser, no BYPASSRLS, the passwords given, databases owned
 * by `aic_owner` and closed to everybody else, and (by a superuser only) without large objects. Doing it again changes nothing.
 * @param superuserUrl a superuser of the cluster (or a role that may create roles and databases)
 * @returns the URLs of each database, without a password where it was left as it is
 */
export async function bootstrapRoles(
  superuserUrl: string,
  databases: readonly string[],
  passwords: Passwords,
): Promise<Readonly<Record<string, RoleUrls>>> {
  const known: Partial<Record<DatabaseRole, string>> = {};
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    for (const role of DATABASE_ROLES)
      known[role] = await ensureRole(client, roleName(role), passwords[role]);
    const superuser = await isSuperuser(client);
    // A superuser needs no leave; another one must be a member to give databases to `aic_owner`.
    if (!superuser) await client.query("GRANT aic_owner TO CURRENT_USER");
    for (const database of databases) {
      await ensureDatabase(client, database);
      if (superuser) await closeLargeObjects(databaseUrl(superuserUrl, database));
    }
  } finally {
    await client.end();
  }
  return Object.fromEntries(
    databases.map((database) => [database, roleUrls(superuserUrl, database, known)]),
  );
}

/** The URLs of a database's roles on the same server as `url`. */
export function roleUrls(url: string, database: string, passwords: Passwords): RoleUrls {
  const urls = DATABASE_ROLES.map((role) => {
    const own = new URL(databaseUrl(url, database));
    own.username = roleName(role);
    own.password = encodeURIComponent(passwords[role] ?? "");
    return [role, own.href];
  });
  return Object.fromEntries(urls);
}

function databaseUrl(url: string, database: string): string {
  const own = new URL(url);
  own.pathname = `/${encodeURIComponent(database)}`;
  return own.href;
}

/** @returns the password, when it is known */
async function ensureRole(
  client: Client,
  name: string,
  given: string | undefined,
): Promise<string | undefined> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const password = given ?? (rowCount === 0 ? randomBytes(24).toString("base64url") : undefined);
  if (rowCount === 0) await client.query(`CREATE ROLE ${client.escapeIdentifier(name)}`);
  // Only what differs: a role that may create roles, but is no superuser, must not even name the others.
  const { rows } = await client.query<{
    rolsuper: boolean;
    rolreplication: boolean;
    rolbypassrls: boolean;
  }>("SELECT rolsuper, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = $1", [name]);
  const strip = [
    rows[0]?.rolsuper ? "NOSUPERUSER" : "",
    rows[0]?.rolreplication ? "NOREPLICATION" : "",
    rows[0]?.rolbypassrls ? "NOBYPASSRLS" : "",
  ].join(" ");
  await client.query(
    `ALTER ROLE ${client.escapeIdentifier(name)} LOGIN NOCREATEDB NOCREATEROLE ${strip}
       ${password === undefined ? "" : `PASSWORD ${client.escapeLiteral(password)}`}`,
  );
  return password;
}

async function isSuperuser(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
  );
  return rows[0]?.rolsuper === true;
}

async function ensureDatabase(client: Client, database: string): Promise<void> {
  const name = client.escapeIdentifier(database);
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
  if (rowCount === 0) {
    await client.query(
      `CREATE DATABASE ${name} OWNER aic_owner ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  const roles = DATABASE_ROLES.map(roleName).join(", ");
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${roles}`);
}
