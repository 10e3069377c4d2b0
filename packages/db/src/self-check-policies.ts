import type { ClientBase } from "pg";

// What a policy lets through, as Postgres tells it, with all its brackets: they decide what an OR is worth.
const TENANT_ID = "( SELECT (NULLIF(current_setting('app.tenant_id', true), ''))::uuid)";
const WORKSPACE_ID =
  "( SELECT (NULLIF(NULLIF(current_setting('app.workspace_id', true), ''), '*'))::uuid)";
const WORKSPACE = "( SELECT current_setting('app.workspace_id', true))";

const TENANT = `(tenant_id = ${TENANT_ID})`;
const ofWorkspace = (column: string) =>
  `(${TENANT} AND ((${WORKSPACE} = '*') OR (${column} = ${WORKSPACE_ID})))`;
const TENANT_WIDE = `(${TENANT} AND (${WORKSPACE} <> '') AND (workspace_id IS NULL))`;
const PLATFORM = `is_platform_tenant(${TENANT_ID})`;

/** Policies of another form than their table's columns ask for. docs/data-isolation.md says why. */
const OF_THEIR_OWN: Readonly<Record<string, readonly string[]>> = {
  "app_writes on audit_inbox": [TENANT],
  "app_scope on workspaces": [ofWorkspace("id")],
  "platform_lists_tenants on tenants": [PLATFORM],
};

interface Policy {
  readonly name: string;
  readonly table: string;
  readonly ofEverybody: boolean;
  readonly readsOnly: boolean;
  readonly hasWorkspace: boolean;
  readonly shared: boolean;
  /** USING and WITH CHECK, those that are there. */
  readonly expressions: readonly string[];
}

/** A sentence for each policy of the application that does not say what the migrations made it say. */
export async function checkPolicies(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<Policy>(POLICIES);
  return rows.flatMap((policy) => {
    const which = `policy ${policy.name} on ${policy.table}`;
    const mend = `Drop it: DROP POLICY ${policy.name} ON ${policy.table}.`;
    if (policy.ofEverybody) return [`${which} is for PUBLIC, so for every role. ${mend}`];
    const known = knownFor(policy);
    const others = policy.expressions.filter((expression) => !known.includes(plain(expression)));
    return others.map(
      (expression) =>
        `${which} lets rows through by ${expression}, which no migration says. ${mend} Then make the one of its migration again (docs/how-to/add-a-table.md).`,
    );
  });
}

/** What a policy of the application may say, by the columns of its table. */
function knownFor({ name, table, hasWorkspace, shared, readsOnly }: Policy): readonly string[] {
  const own = OF_THEIR_OWN[`${name} on ${table}`];
  if (own) return own;
  if (!hasWorkspace) return [TENANT];
  const scope = ofWorkspace("workspace_id");
  // What the whole tenant shares is read from each workspace, and not written.
  return shared && readsOnly ? [scope, TENANT_WIDE] : [scope];
}

/** Without the casts to text and the names of columns that Postgres adds. */
function plain(expression: string): string {
  return expression.replaceAll(/::text| AS "?\w+"?/g, "");
}

const POLICIES = `
  SELECT p.polname AS name, c.relname AS table, 0 = ANY (p.polroles) AS "ofEverybody", p.polcmd = 'r' AS "readsOnly",
    a.attname IS NOT NULL AS "hasWorkspace", NOT coalesce(a.attnotnull, true) AS shared,
    array_remove(ARRAY[pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)], NULL) AS expressions
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid AND c.relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
  -- A restrictive policy only takes away.
  WHERE p.polpermissive AND (0 = ANY (p.polroles) OR 'aic_app'::regrole = ANY (p.polroles))
  ORDER BY c.relname, p.polname`;
