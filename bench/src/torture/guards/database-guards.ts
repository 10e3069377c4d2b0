import type { Guard } from "./guard.ts";

const catalogue = (file: string, test?: string): Guard["caughtBy"] => ({
  project: "db",
  file: `packages/db/test/catalogue/${file}.test.ts`,
  ...(test === undefined ? {} : { test }),
});

const SIGN_IN = "packages/db/prisma/migrations/20261125010000_sign_in/migration.sql";
/** Where the scope of a transaction is opened. */
export const SCOPE_SOURCE = "packages/db/src/begin-scope.ts";
/** Where events are put into the log. */
const SEAL_SOURCE = "packages/db/prisma/migrations/20261130160000_seal_events/migration.sql";
const TENANT = "tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)";

/** What Postgres itself refuses. */
export const DATABASE_GUARDS: readonly Guard[] = [
  {
    name: "a policy that asks for the tenant",
    removal: { sql: "ALTER POLICY app_scope ON runs USING (true)" },
    caughtBy: catalogue("isolation", "between tenants"),
  },
  {
    name: "a policy that asks for the workspace",
    removal: { sql: `ALTER POLICY app_scope ON runs USING (${TENANT})` },
    caughtBy: catalogue("isolation"),
  },
  {
    name: "row-level security forced on the owner, too",
    removal: { sql: "ALTER TABLE provider_keys NO FORCE ROW LEVEL SECURITY" },
    caughtBy: catalogue("tables", "forces row-level security"),
  },
  {
    name: "row-level security of one table",
    removal: { sql: "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY" },
    caughtBy: catalogue("isolation", "between tenants"),
  },
  {
    name: "a reference that carries the tenant",
    removal: {
      sql: "ALTER TABLE runs DROP CONSTRAINT runs_tenant_id_workspace_id_fkey CASCADE",
    },
    caughtBy: catalogue("drift"),
  },
  {
    name: "ids name the tenant's cell",
    removal: { sql: "ALTER TABLE runs DROP CONSTRAINT runs_cell_check" },
    caughtBy: catalogue("tables", "checks that its ids name the tenant's cell"),
  },
  {
    name: "a tenant lives in its own region's database",
    removal: { sql: "DROP TRIGGER lives_in_this_cell ON tenants" },
    caughtBy: catalogue("tables", "a tenant of another region is refused"),
  },
  {
    name: "the comparison of epochs",
    removal: {
      file: SCOPE_SOURCE,
      from: "WHEN NOT EXISTS (SELECT",
      to: "WHEN false AND NOT EXISTS (SELECT",
    },
    caughtBy: catalogue("epoch", "BEGIN_SCOPE"),
  },
  {
    name: "a change of roles raises the epoch",
    removal: { sql: "DROP TRIGGER raise_epoch ON role_bindings" },
    caughtBy: catalogue("epoch"),
  },
  {
    name: "a principal stays in its tenant",
    removal: {
      file: SCOPE_SOURCE,
      from: "WHEN public.is_platform_tenant($3)",
      to: "WHEN true",
    },
    caughtBy: {
      project: "server",
      file: "apps/server/test/row-security-alone.test.ts",
      test: "a grant of another tenant's scope opens nothing",
    },
  },
  {
    name: "the log never changes",
    removal: { sql: "DROP TRIGGER immutable ON audit_events" },
    caughtBy: catalogue("immutability"),
  },
  {
    name: "nobody may change a published version",
    removal: { sql: "GRANT UPDATE (source) ON workflow_versions TO aic_app" },
    caughtBy: catalogue("roles-and-grants", "changes and deletes nothing that is append-only"),
  },
  {
    name: "the inbox takes only what the log can take",
    removal: { sql: "DROP TRIGGER takes_events ON audit_inbox" },
    caughtBy: catalogue("audit-log", "that the log would not take"),
  },
  {
    name: "nobody puts an event into the log but out of the inbox",
    removal: {
      sql: `GRANT INSERT ON audit_events TO aic_sealer;
        CREATE POLICY sealer_writes ON audit_events FOR INSERT TO aic_sealer WITH CHECK (true)`,
    },
    caughtBy: catalogue("sealed-log", "from nobody but out of the inbox"),
  },
  {
    name: "the log says nothing but what the event says",
    removal: {
      file: SEAL_SOURCE,
      from: "IS TRUE\n        THEN said.tenant_id",
      to: "IS NOT NULL\n        THEN said.tenant_id",
    },
    caughtBy: catalogue("sealed-log", "that its text does not name"),
  },
  {
    name: "a log belongs to a tenant that is there",
    removal: { sql: "ALTER TABLE audit_events DROP CONSTRAINT audit_events_log_of_check" },
    caughtBy: catalogue("sealed-log", "belongs to a tenant that is there"),
  },
  {
    name: "an event leaves the inbox only for the log",
    removal: { sql: "DROP TRIGGER keeps_unsealed ON audit_inbox" },
    caughtBy: catalogue("immutability", "cannot be deleted from the inbox"),
  },
  {
    name: "no content where only metadata is kept",
    removal: { sql: "DROP TRIGGER needs_full_mode ON record_contents" },
    caughtBy: catalogue("record-contents"),
  },
  {
    name: "toxic pairs, in the database",
    removal: { sql: "DROP TRIGGER no_toxic_pair ON role_bindings" },
    caughtBy: catalogue("toxic-pairs"),
  },
  {
    name: "toxic pairs of a person with two users, in the database",
    removal: { sql: "DROP TRIGGER no_toxic_person ON users" },
    caughtBy: catalogue("invariants", "Auditor and another role"),
  },
  {
    name: "nobody decides what they requested, in the database",
    removal: { sql: "DROP TRIGGER nobody_decides_their_own ON approval_decisions" },
    caughtBy: catalogue("invariants", "nobody decides what they requested"),
  },
  {
    name: "services never approve, in the database",
    removal: { sql: "DROP TRIGGER services_never_approve ON role_bindings" },
    caughtBy: catalogue("invariants", "never gets the role Approver"),
  },
  {
    name: "the role table cannot let an auditor mutate",
    removal: { sql: "DROP TRIGGER auditor_never_mutates ON role_permissions" },
    caughtBy: catalogue("invariants", "cannot let an auditor change anything"),
  },
  {
    name: "no tenant's user becomes a platform administrator",
    removal: { sql: "ALTER TABLE users DROP CONSTRAINT users_platform_check" },
    caughtBy: catalogue("invariants", "no tenant's user can become a platform administrator"),
  },
  {
    name: "login finds only proved domains",
    removal: {
      file: SIGN_IN,
      from: "WHERE d.domain = p_domain AND d.proved_at IS NOT NULL AND",
      to: "WHERE d.domain = p_domain AND",
    },
    caughtBy: catalogue("login-lookup"),
  },
];
