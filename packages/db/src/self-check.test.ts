import { type OwnPostgres, ownPostgres } from "@aic-sos/testkit/own-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapRoles, type RoleUrls } from "./bootstrap.ts";
import { migrate } from "./migrate.ts";
import { type CheckedCell, SelfCheckFailed, selfCheck } from "./self-check.ts";

const DATABASE = "control_plane";
const IDENTITY = { code: 1, region: "us-east-1" };

let postgres: OwnPostgres;
let superuser: Client;
let urls: RoleUrls;
let cell: CheckedCell;

beforeAll(async () => {
  postgres = await ownPostgres();
  const made = await bootstrapRoles(postgres.server.superuserUrl(), [DATABASE], {});
  if (!made[DATABASE]) throw new Error("no URLs");
  urls = made[DATABASE];
  cell = { ...IDENTITY, urls };
  await migrate(urls.owner, IDENTITY);
  superuser = new Client({ connectionString: postgres.server.superuserUrl(DATABASE) });
  await superuser.connect();
});
afterAll(async () => {
  await superuser?.end();
  await postgres?.remove();
});

async function problems(of: CheckedCell = cell): Promise<readonly string[]> {
  try {
    await selfCheck(of);
    return [];
  } catch (error) {
    if (error instanceof SelfCheckFailed) return error.problems;
    throw error;
  }
}

/** The problems after `sql`, which `undo` takes back. */
async function problemsAfter(sql: string, undo: string): Promise<readonly string[]> {
  await superuser.query(sql);
  try {
    return await problems();
  } finally {
    await superuser.query(undo);
  }
}

const withUrl = (role: "app" | "audit" | "sealer" | "jobs", url: string): CheckedCell => ({
  ...cell,
  urls: { ...urls, [role]: url },
});

describe("the self-check passes", () => {
  it("a cell as bootstrap and migrations leave it", async () => {
    expect(await problems()).toEqual([]);
  });
});

describe("the self-check refuses, and says how to mend it,", () => {
  it("a superuser", async () => {
    const found = await problems(withUrl("app", postgres.server.superuserUrl(DATABASE)));
    expect(found.join()).toMatch(
      /the app URL connects as postgres, a superuser.*Run `pnpm db:bootstrap`/,
    );
  });

  it("the owner", async () => {
    const found = await problems(withUrl("sealer", urls.owner));
    expect(found.join()).toMatch(
      /the sealer URL connects as aic_owner, which owns .*Run `pnpm db:bootstrap`/,
    );
  });

  it("a role with BYPASSRLS", async () => {
    const found = await problemsAfter(
      "ALTER ROLE aic_jobs BYPASSRLS",
      "ALTER ROLE aic_jobs NOBYPASSRLS",
    );
    expect(found).toEqual([
      "the jobs URL connects as aic_jobs, which has BYPASSRLS. Take it away: ALTER ROLE aic_jobs NOBYPASSRLS.",
    ]);
  });

  it("a role that may become the owner", async () => {
    const found = await problemsAfter(
      "GRANT aic_owner TO aic_app",
      "REVOKE aic_owner FROM aic_app",
    );
    expect(found.join()).toContain("Take it away: REVOKE aic_owner FROM aic_app.");
  });

  it.each([
    ["the jobs' role, whose policies cross tenants", "aic_jobs", "aic_app"],
    ["the sealer, who alone reads the inbox", "aic_sealer", "aic_audit"],
    ["whoever reads the server's files", "pg_read_server_files", "aic_app"],
  ])("a role that may become %s", async (_, other, role) => {
    const found = await problemsAfter(`GRANT ${other} TO ${role}`, `REVOKE ${other} FROM ${role}`);
    expect(found.join()).toContain(`Take it away: REVOKE ${other} FROM ${role}.`);
  });

  it("a role that could work the job queue besides the jobs' own", async () => {
    const found = await problemsAfter(
      "GRANT USAGE ON SCHEMA graphile_worker TO aic_app",
      "REVOKE USAGE ON SCHEMA graphile_worker FROM aic_app",
    );
    expect(found).toEqual([
      "aic_app may use the job queue's own tables. Take it away: REVOKE ALL ON SCHEMA graphile_worker FROM aic_app.",
    ]);
  });

  it("a role that may make roles", async () => {
    const found = await problemsAfter(
      "ALTER ROLE aic_audit CREATEROLE",
      "ALTER ROLE aic_audit NOCREATEROLE",
    );
    expect(found.join()).toContain("Take it away: ALTER ROLE aic_audit NOCREATEROLE.");
  });

  it("two roles' URLs in each other's place", async () => {
    const found = await problems(withUrl("audit", urls.app));
    expect(found.join()).toContain("the audit URL connects as aic_app, but it must be aic_audit");
  });

  it("a table that does not enable, or not force, row-level security", async () => {
    for (const [off, on] of [
      ["NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"],
      ["DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"],
    ]) {
      const found = await problemsAfter(`ALTER TABLE runs ${off}`, `ALTER TABLE runs ${on}`);
      expect(found.join()).toMatch(
        /table runs does not force row-level security. See docs\/how-to\/add-a-table.md/,
      );
    }
  });

  it("a table that nobody isolated", async () => {
    const found = await problemsAfter("CREATE TABLE notes (tenant_id uuid)", "DROP TABLE notes");
    expect(found.join()).toContain("table notes does not force row-level security");
  });

  it("a table without a policy", async () => {
    const found = await problemsAfter(
      `CREATE TABLE notes (tenant_id uuid); ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
       CREATE POLICY owner_all ON notes TO aic_owner USING (true)`,
      "DROP TABLE notes",
    );
    expect(found.join()).toContain("table notes has no policy for any role but its owner");
  });

  it.each([
    ["VIEW", "all_runs", "SELECT"],
    ["VIEW", "emptied_runs", "DELETE"],
    ["VIEW", "beside.all_runs", "SELECT"],
    ["MATERIALIZED VIEW", "kept_runs", "SELECT"],
  ])("a %s %s with %s, which shows rows by its owner's rights", async (kind, name, right) => {
    const found = await problemsAfter(
      `SET ROLE aic_owner; CREATE SCHEMA beside; CREATE ${kind} ${name} AS SELECT id FROM runs; GRANT ${right} ON ${name} TO aic_app; RESET ROLE`,
      `DROP ${kind} ${name}; DROP SCHEMA beside`,
    );
    expect(found).toEqual([
      `aic_app has a right to ${name}, which shows rows by its owner's rights and past row-level security. Take it away: REVOKE ALL ON ${name} FROM aic_app, PUBLIC.`,
    ]);
  });

  it("no view that looks by the rights of whoever asks, and none that nobody of ours may read", async () => {
    const found = await problemsAfter(
      `CREATE VIEW asked_runs WITH (security_invoker = true) AS SELECT id FROM runs; GRANT SELECT ON asked_runs TO aic_app;
       CREATE VIEW seen_runs WITH (security_invoker = 1) AS SELECT id FROM runs; GRANT SELECT ON seen_runs TO aic_app;
       CREATE VIEW own_runs AS SELECT id FROM runs`,
      "DROP VIEW asked_runs, seen_runs, own_runs",
    );
    expect(found).toEqual([]);
  });

  it.each([
    ["everybody", "", "aic_app"],
    [
      "one of ours",
      "REVOKE ALL ON FUNCTION peek() FROM PUBLIC; GRANT EXECUTE ON FUNCTION peek() TO aic_jobs",
      "aic_jobs",
    ],
  ])("a function more, for %s, that acts by its owner's rights", async (_, grant, role) => {
    const found = await problemsAfter(
      `CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM runs'; ${grant}`,
      "DROP FUNCTION peek()",
    );
    expect(found).toContain(
      `${role} may call peek(), which acts by its owner's rights and past row-level security. ` +
        `Take it away: REVOKE EXECUTE ON ROUTINE peek() FROM ${role}, PUBLIC.`,
    );
    expect(found).toHaveLength(role === "aic_app" ? 4 : 1);
  });

  it("a known function of that kind with other arguments, for another role, or in a schema beside ours", async () => {
    const define = (name: string) =>
      `CREATE FUNCTION ${name} RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'; GRANT EXECUTE ON FUNCTION ${name} TO aic_app`;
    for (const [sql, undo, said] of [
      [
        define("audit_head_seq(int)"),
        "DROP FUNCTION audit_head_seq(int)",
        "aic_app may call audit_head_seq(integer)",
      ],
      [
        "GRANT EXECUTE ON FUNCTION tenants_of_cell(uuid, int) TO aic_audit",
        "REVOKE EXECUTE ON FUNCTION tenants_of_cell(uuid, int) FROM aic_audit",
        "aic_audit may call tenants_of_cell(uuid,integer)",
      ],
      [
        `SET ROLE aic_owner; CREATE SCHEMA beside; ${define("beside.peek()")}; RESET ROLE`,
        "DROP SCHEMA beside CASCADE",
        "aic_app may call beside.peek()",
      ],
    ] as const) {
      expect((await problemsAfter(sql, undo)).join(), said).toContain(said);
    }
    expect(await problems()).toEqual([]);
  });

  it("no function that acts by its owner's rights and that nobody of ours may call", async () => {
    const found = await problemsAfter(
      `CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM runs';
       REVOKE ALL ON FUNCTION peek() FROM PUBLIC`,
      "DROP FUNCTION peek()",
    );
    expect(found).toEqual([]);
  });

  it("a policy that says something else than its migration, though it has its name", async () => {
    const scope = "(SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)";
    const workspace = "(SELECT current_setting('app.workspace_id', true))";
    const { rows } = await superuser.query<{ text: string }>(
      "SELECT pg_get_expr(polqual, polrelid) AS text FROM pg_policy WHERE polrelid = 'runs'::regclass AND polname = 'app_scope'",
    );
    for (const loose of [
      "true",
      `tenant_id = ${scope}`,
      `tenant_id = ${scope} OR true`,
      // The right words with other brackets.
      `(tenant_id = ${scope} AND ${workspace} = '*') OR workspace_id = (SELECT nullif(nullif(current_setting('app.workspace_id', true), ''), '*')::uuid)`,
    ]) {
      const found = await problemsAfter(
        `ALTER POLICY app_scope ON runs USING (${loose})`,
        `ALTER POLICY app_scope ON runs USING (${rows[0]?.text})`,
      );
      expect(found, loose).toHaveLength(1);
      expect(found[0]).toMatch(
        /^policy app_scope on runs lets rows through by .*, which no migration says\. Drop it: DROP POLICY app_scope ON runs\./,
      );
    }
    expect(await problems()).toEqual([]);
  });

  it("a policy more, of the application or of everybody, and one that writes more than it reads", async () => {
    for (const [policy, said] of [
      ["more ON runs TO aic_app USING (true)", "policy more on runs lets rows through by true"],
      ["more ON runs FOR INSERT TO aic_app WITH CHECK (true)", "by true, which no migration says"],
      ["more ON runs USING (false)", "policy more on runs is for PUBLIC, so for every role"],
    ] as const) {
      const found = await problemsAfter(`CREATE POLICY ${policy}`, "DROP POLICY more ON runs");
      expect(found.join(), policy).toContain(said);
    }
    const shared = await problemsAfter(
      "ALTER POLICY app_scope ON role_bindings WITH CHECK (true)",
      "ALTER POLICY app_scope ON role_bindings WITH CHECK (" +
        "tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND " +
        "((SELECT current_setting('app.workspace_id', true)) = '*' OR workspace_id = " +
        "(SELECT nullif(nullif(current_setting('app.workspace_id', true), ''), '*')::uuid)))",
    );
    expect(shared.join()).toContain("policy app_scope on role_bindings lets rows through by true");
    expect(await problems()).toEqual([]);
  });

  it("a right to change what never changes", async () => {
    const found = await problemsAfter(
      "GRANT UPDATE (event) ON audit_events TO aic_app",
      "REVOKE UPDATE (event) ON audit_events FROM aic_app",
    );
    expect(found.join()).toContain("Take it away: REVOKE UPDATE ON audit_events FROM aic_app.");
  });

  it("a right to write what only a trigger writes", async () => {
    for (const right of ["INSERT (id)", "UPDATE (publication_id)", "DELETE"]) {
      const found = await problemsAfter(
        `GRANT ${right} ON workflow_releases TO aic_app`,
        `REVOKE ${right} ON workflow_releases FROM aic_app`,
      );
      const [verb] = right.split(" ");
      expect(found).toEqual([
        `aic_app has ${verb} on workflow_releases, whose rows only a trigger may write. ` +
          `Take it away: REVOKE ${verb} ON workflow_releases FROM aic_app.`,
      ]);
    }
  });

  it("a wrong marker", async () => {
    const found = await problems({ ...cell, code: 2, region: "eu-west-1" });
    expect(found).toEqual([
      "the database is cell 1 of us-east-1, but the configuration names it as cell 2 of eu-west-1. Correct the URLs in the configuration.",
    ]);
  });

  it("a database that is older or newer than the code", async () => {
    const older = await problemsAfter(
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name LIKE '%_requests'",
      "UPDATE _prisma_migrations SET rolled_back_at = NULL",
    );
    expect(older.join()).toMatch(/lacks the migrations \d+_requests/);
    const newer = await problemsAfter(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_more', now())`,
      "DELETE FROM _prisma_migrations WHERE id = 'x'",
    );
    expect(newer.join()).toContain("migrated by a newer version");
  });

  it("a database that was never migrated", async () => {
    const made = await bootstrapRoles(postgres.server.superuserUrl(), ["empty"], {});
    const empty = (url: string) => url.replace(`/${DATABASE}`, "/empty");
    expect(Object.keys(made)).toEqual(["empty"]);
    const found = await problems({
      ...IDENTITY,
      urls: {
        app: empty(urls.app),
        audit: empty(urls.audit),
        sealer: empty(urls.sealer),
        jobs: empty(urls.jobs),
      },
    });
    expect(found).toEqual([
      "the database is not migrated. Give the cell an owner URL, so that the server migrates it at start.",
    ]);
  });
});
