import type { ClientBase } from "pg";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

/**
 * Tables of `public` that are of no tenant. docs/adr says why, one by one; a table that is not here must be
 * isolated, or the server does not start.
 */
export const TABLES_WITHOUT_TENANT: readonly string[] = [
  "_prisma_migrations",
  "cell_marker",
  "permissions",
  "rate_limits",
  "role_permissions",
  "roles",
];

/** Nobody but a cascade takes rows out of these, and nobody changes them. */
export const APPEND_ONLY_TABLES: readonly string[] = [
  "approval_decisions",
  "audit_checkpoints",
  "audit_events",
  "audit_inbox",
  "audit_tree_nodes",
  "checkpoint_keys",
  "metering_events",
  "policy_versions",
  "workflow_publications",
  "workflow_versions",
];

/** A trigger writes these from what others hold; nobody else puts a row in, changes it or takes it out. */
export const DERIVED_TABLES: readonly string[] = ["workflow_releases"];

/** A sentence for each tenant table that is not isolated. */
export async function checkTables(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{
    name: string;
    enabled: boolean;
    forced: boolean;
    policies: number;
  }>(
    `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
        (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polroles <> ARRAY['aic_owner'::regrole::oid]) AS policies
       FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1::text[])
       ORDER BY c.relname`,
    [TABLES_WITHOUT_TENANT],
  );
  const mend = "See docs/how-to/add-a-table.md: CALL protect_table(…) in a migration.";
  return rows.flatMap(({ name, enabled, forced, policies }) => {
    if (!enabled || !forced) return [`table ${name} does not force row-level security. ${mend}`];
    if (policies === 0) return [`table ${name} has no policy for any role but its owner. ${mend}`];
    return [];
  });
}

/**
 * A sentence for each right to a view that looks by its owner's rights: its owner's policy, not the asker's, says what it
 * shows. What an extension brings (such as pg_stat_statements) holds no rows of a tenant.
 */
export async function checkViews(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ role: string; name: string }>(
    `SELECT r.rolname AS role, c.oid::regclass::text AS name
       FROM pg_class c, pg_roles r
       WHERE (c.relnamespace = 'public'::regnamespace OR c.relowner = 'aic_owner'::regrole)
         AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname = '${QUEUE_SCHEMA}')
         AND c.relkind IN ('v', 'm', 'f')
         AND r.rolname IN ('aic_app', 'aic_audit', 'aic_sealer', 'aic_jobs') AND NOT r.rolsuper
         AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE'))
         AND NOT (c.relkind = 'v' AND EXISTS (SELECT FROM pg_options_to_table(c.reloptions)
           WHERE option_name = 'security_invoker' AND option_value::boolean))
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
       ORDER BY 1, 2`,
  );
  return rows.map(
    ({ role, name }) =>
      `${role} has a right to ${name}, which shows rows by its owner's rights and past row-level security. ` +
      `Take it away: REVOKE ALL ON ${name} FROM ${role}, PUBLIC.`,
  );
}

/** A sentence for each right to change what must never change, or to write what only a trigger writes. */
export async function checkAppendOnly(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ role: string; name: string; right: string }>(
    `SELECT r.rolname AS role, c.relname AS name, privilege AS right
       FROM pg_class c, pg_roles r, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
         AND r.rolname IN ('aic_app', 'aic_audit', 'aic_sealer', 'aic_jobs') AND NOT r.rolsuper
         AND (privilege = 'TRUNCATE' OR privilege <> 'INSERT' AND c.relname = ANY ($1::text[]) OR c.relname = ANY ($2::text[]))
         -- The sealer takes out of the inbox what is in the log; a trigger looks.
         AND NOT (r.rolname = 'aic_sealer' AND c.relname = 'audit_inbox' AND privilege = 'DELETE')
         AND CASE WHEN privilege IN ('INSERT', 'UPDATE') THEN has_any_column_privilege(r.oid, c.oid, privilege)
           ELSE has_table_privilege(r.oid, c.oid, privilege) END
       ORDER BY 1, 2, 3`,
    [APPEND_ONLY_TABLES, DERIVED_TABLES],
  );
  const whose = (name: string) =>
    DERIVED_TABLES.includes(name) ? "only a trigger may write" : "nobody may change";
  return rows.map(
    ({ role, name, right }) =>
      `${role} has ${right} on ${name}, whose rows ${whose(name)}. Take it away: REVOKE ${right} ON ${name} FROM ${role}.`,
  );
}

/** A sentence for each role that could work the queue past `enqueue`, which stamps the tenant. */
export async function checkQueue(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ role: string }>(
    `SELECT r.rolname AS role FROM pg_roles r, pg_namespace n
       WHERE n.nspname = '${QUEUE_SCHEMA}' AND r.rolname IN ('aic_app', 'aic_audit', 'aic_sealer') AND NOT r.rolsuper
         AND has_schema_privilege(r.oid, n.oid, 'USAGE') ORDER BY 1`,
  );
  return rows.map(
    ({ role }) =>
      `${role} may use the job queue's own tables. Take it away: REVOKE ALL ON SCHEMA ${QUEUE_SCHEMA} FROM ${role}.`,
  );
}
