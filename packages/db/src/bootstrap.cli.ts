#!/usr/bin/env node
/**
 * `pnpm db:bootstrap`: makes the database roles and one database per cell on a PostgreSQL of your own.
 *
 *   pnpm db:bootstrap --url postgresql://postgres:…@host:5432/postgres --database control_plane_us_east_1 [--database …]
 *
 * AIC_SUPERUSER_URL stands in for --url. Passwords come from AIC_OWNER_PASSWORD, AIC_APP_PASSWORD, AIC_AUDIT_PASSWORD,
 * AIC_SEALER_PASSWORD and AIC_JOBS_PASSWORD. A missing one is made up for a new role and left alone for one that exists. The URLs go to
 * stdout, everything else to stderr.
 */
import { parseArgs } from "node:util";
import { bootstrapRoles, DATABASE_ROLES, type Passwords, roleName } from "./bootstrap.ts";

const USAGE = "pnpm db:bootstrap --url <superuser URL> --database <name> [--database <name> …]";

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`db:bootstrap: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { url: { type: "string" }, database: { type: "string", multiple: true } },
  });
  const url = values.url ?? env["AIC_SUPERUSER_URL"];
  const databases = values.database ?? [];
  if (!url || databases.length === 0)
    throw new Error(`a superuser URL and a database are needed: ${USAGE}`);
  const made = await bootstrapRoles(url, databases, passwordsFrom(env));
  process.stderr.write(`Roles ${DATABASE_ROLES.map(roleName).join(", ")} are in order.\n`);
  for (const [database, urls] of Object.entries(made)) {
    process.stderr.write(
      `Database ${database} belongs to ${roleName("owner")}; only these roles may connect.\n`,
    );
    for (const role of DATABASE_ROLES) process.stdout.write(`${database} ${role} ${urls[role]}\n`);
  }
}

function passwordsFrom(env: NodeJS.ProcessEnv): Passwords {
  const given = DATABASE_ROLES.map((role) => [
    role,
    env[`AIC_${role.toUpperCase()}_PASSWORD`] || undefined,
  ]);
  return Object.fromEntries(given);
}
