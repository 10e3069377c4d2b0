import { Client, type ClientBase } from "pg";
import { type DatabaseRole, roleName } from "./bootstrap.ts";
import { migrationFiles } from "./migration-files.ts";
import { pendingMigrations } from "./migration-history.ts";
import type { CellIdentity } from "./migrate.ts";
import { checkDefiners } from "./self-check-definers.ts";
import { checkPolicies } from "./self-check-policies.ts";
import { checkAppendOnly, checkQueue, checkTables, checkViews } from "./self-check-tables.ts";

/** What the server works with; the owner's connection is for migrations only. */
type WorkingRole = Exclude<DatabaseRole, "owner">;
const WORKING_ROLES: readonly WorkingRole[] = ["app", "audit", "sealer", "jobs"];

export interface CheckedCell extends CellIdentity {
  readonly urls: Readonly<Record<WorkingRole, string>> & {
    readonly jobsDirect?: string | undefined;
  };
}

/** The server must not start. Each problem is a sentence that says what is wrong and how to mend it. */
export class SelfCheckFailed extends Error {
  override readonly name = "SelfCheckFailed";
  readonly problems: readonly string[];

  constructor(cell: CellIdentity, problems: readonly string[]) {
    super(
      `cell ${cell.code} (${cell.region}) is not safe to use:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/**
 * Asks the catalogue whether this cell isolates its tenants: the roles that the server connects as cannot bypass row-level security, every
 * tenant table forces it by the policies that migrations made, the log is append-only, the marker names this cell, and the schema is the code's.
 * @throws SelfCheckFailed with all that is wrong; the driver's error when the database cannot be reached
 */
export async function selfCheck(cell: CheckedCell): Promise<void> {
  const problems: string[] = [];
  for (const role of WORKING_ROLES) {
    await withClient(cell.urls[role], async (client) => {
      problems.push(...(await checkRole(client, role)));
      if (role !== "app") return;
      problems.push(...(await checkMarker(client, cell)));
      problems.push(...(await checkTables(client)));
      problems.push(...(await checkViews(client)));
      problems.push(...(await checkDefiners(client)));
      problems.push(...(await checkPolicies(client)));
      problems.push(...(await checkAppendOnly(client)));
      problems.push(...(await checkQueue(client)));
    });
  }
  const { jobsDirect } = cell.urls;
  if (jobsDirect !== undefined) {
    await withClient(jobsDirect, async (client) => {
      problems.push(...(await checkRole(client, "jobs")));
    });
  }
  if (problems.length > 0) throw new SelfCheckFailed(cell, problems);
}

async function checkRole(client: ClientBase, role: WorkingRole): Promise<string[]> {
  const { rows } = await client.query<RoleFacts>(ROLE_FACTS);
  const facts = rows[0];
  if (!facts) return [`the ${role} URL connects as a role that the catalogue does not know`];
  const mend = "Run `pnpm db:bootstrap` and use the URL that it prints.";
  const who = `the ${role} URL connects as ${facts.name}`;
  const problems: string[] = [];
  if (facts.name !== roleName(role)) {
    problems.push(`${who}, but it must be ${roleName(role)}, which the policies name. ${mend}`);
  }
  if (facts.superuser)
    problems.push(`${who}, a superuser, whom no row-level security binds. ${mend}`);
  if (facts.bypasses) {
    problems.push(
      `${who}, which has BYPASSRLS. Take it away: ALTER ROLE ${facts.name} NOBYPASSRLS.`,
    );
  }
  if (facts.owns) {
    problems.push(
      `${who}, which owns ${facts.owns} and could switch its row-level security off. ${mend}`,
    );
  }
  if (facts.becomes) {
    problems.push(
      `${who}, which may become ${facts.becomes}. Take it away: REVOKE ${facts.becomes} FROM ${facts.name}.`,
    );
  }
  if (facts.creates) {
    problems.push(
      `${who}, which may create roles. Take it away: ALTER ROLE ${facts.name} NOCREATEROLE.`,
    );
  }
  return problems;
}

interface RoleFacts {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypasses: boolean;
  readonly creates: boolean;
  readonly owns: string | null;
  readonly becomes: string | null;
}

/**
 * `becomes`: a role that it is a member of and that could do what it must not: one that a policy names (a policy binds
 * members, too), or one that reads, writes or runs files on the database's machine. A superuser is a member of all.
 */
const ROLE_FACTS = `
  SELECT me.rolname AS name, me.rolsuper AS superuser, me.rolbypassrls AS bypasses, me.rolcreaterole AS creates,
    (SELECT min(c.relname) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relowner = me.oid) AS owns,
    (SELECT min(other.rolname) FROM pg_roles other
      WHERE other.oid <> me.oid AND NOT me.rolsuper AND pg_has_role(me.oid, other.oid, 'MEMBER')
        AND (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole
          OR other.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
          OR EXISTS (SELECT FROM pg_policy p WHERE other.oid = ANY (p.polroles))
          OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relowner = other.oid)
          OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = other.oid))) AS becomes
  FROM pg_roles me WHERE me.rolname = current_user`;

async function checkMarker(client: ClientBase, cell: CellIdentity): Promise<string[]> {
  const { rows: there } = await client.query<{ migrated: boolean }>(
    "SELECT to_regclass('cell_marker') IS NOT NULL AND to_regclass('_prisma_migrations') IS NOT NULL AS migrated",
  );
  if (!there[0]?.migrated) {
    return [
      "the database is not migrated. Give the cell an owner URL, so that the server migrates it at start.",
    ];
  }
  const { rows } = await client.query<{ cell: number; region: string }>(
    "SELECT cell, region FROM cell_marker",
  );
  const marker = rows[0];
  if (!marker)
    return ["the database has no marker row. Migrate it again: the runner makes the row."];
  if (marker.cell !== cell.code || marker.region !== cell.region) {
    return [
      `the database is cell ${marker.cell} of ${marker.region}, but the configuration names it as cell ${cell.code} of ` +
        `${cell.region}. Correct the URLs in the configuration.`,
    ];
  }
  return checkVersion(client);
}

async function checkVersion(client: ClientBase): Promise<string[]> {
  try {
    const pending = await pendingMigrations(client, migrationFiles());
    if (pending.length === 0) return [];
    const names = pending.map((file) => file.name).join(", ");
    return [
      `the database lacks the migrations ${names}. Give the cell an owner URL, so that the server applies them.`,
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

async function withClient(url: string, use: (client: ClientBase) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, application_name: "aic-self-check" });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
