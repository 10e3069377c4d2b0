import type { ClientBase } from "pg";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

/**
 * Functions that act by their owner's rights (security definer), past the policies that bind whoever calls them, and which of our roles
 * may. docs/data-isolation.md says what each looks at; a call that is not here keeps the server from starting.
 */
export const DEFINERS: Readonly<Record<string, readonly string[]>> = {
  "audit_head_seq()": ["aic_app"],
  "audit_hidden_links(bigint,bigint)": ["aic_app"],
  "audit_leaf_hashes(bigint[],bigint[])": ["aic_app"],
  "enqueue(text,jsonb,uuid)": ["aic_app"],
  "enqueue_for(uuid,text,jsonb,timestamp with time zone,uuid)": ["aic_jobs", "aic_sealer"],
  "lock_roles_of_persons(uuid[])": ["aic_app"],
  "login_lookup_by_domain(text)": ["aic_app"],
  "login_lookup_by_slug(text)": ["aic_app"],
  "seal_events(tid[],uuid[],uuid[],integer[],integer[])": ["aic_sealer"],
  "tenants_of_cell(uuid,integer)": ["aic_app"],
  "tenants_of_provider_session(text,text,text)": ["aic_jobs"],
};

/** A sentence for each role that may call a function that acts by its owner's rights and is not listed for it. */
export async function checkDefiners(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ role: string; name: string }>(CALLABLE);
  return rows.flatMap(({ role, name }) =>
    DEFINERS[name]?.includes(role)
      ? []
      : [
          `${role} may call ${name}, which acts by its owner's rights and past row-level security. ` +
            `Take it away: REVOKE EXECUTE ON ROUTINE ${name} FROM ${role}, PUBLIC.`,
        ],
  );
}

/** Of our schema or our owner; not what an extension brings, nor the job queue's, whose schema is checked as a whole. */
const CALLABLE = `
  SELECT r.rolname AS role, p.oid::regprocedure::text AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, pg_roles r
  WHERE p.prosecdef AND (n.nspname = 'public' OR p.proowner = 'aic_owner'::regrole) AND n.nspname <> '${QUEUE_SCHEMA}'
    AND r.rolname IN ('aic_app', 'aic_audit', 'aic_sealer', 'aic_jobs') AND NOT r.rolsuper
    AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  ORDER BY 1, 2`;
