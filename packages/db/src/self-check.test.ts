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
