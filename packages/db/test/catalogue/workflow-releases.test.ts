import { randomBytes } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";
import { type FreshCells, freshCells, superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../src/migrate.ts";
import { migrationFiles } from "../../src/migration-files.ts";
import { connected, enterScope, rolledBack, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant, insert } from "./fixture.ts";

const NO_PRIVILEGE = "42501";

let cells: FreshCells;
let superuser: Client;
/** Two requests of the application role. */
let one: Client;
let other: Client;
let full: FullTenant;
let second: string;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  [one, other] = [await connected(cells.us.urls.app), await connected(cells.us.urls.app)];
});
afterAll(async () => {
  await Promise.all([one?.end(), other?.end()]);
  await cells?.drop();
});
beforeEach(async () => {
  full = await fillTenant(superuser, cells.us);
  second = await makeVersion(superuser, full, 2);
});

interface Published {
  readonly tenant: { readonly id: string };
  readonly workspace: { readonly id: string; readonly environmentId: string };
  readonly userId: string;
  readonly workflowId: string;
}

async function makeVersion(db: Client, of: Published, version: number): Promise<string> {
  const id = freshId(cells.us.code);
  await insert(db, "workflow_versions", {
    tenant_id: of.tenant.id,
    workspace_id: of.workspace.id,
    id,
    workflow_id: of.workflowId,
    version,
    source: "kind: Workflow",
    definition: {},
    digest: "d",
    risk_tier: "low",
    created_by: of.userId,
  });
  return id;
}

/** Publishes a version; `id` orders publications, as time does. */
function publish(db: Client, of: Published, versionId: string, id: string): Promise<void> {
  return insert(db, "workflow_publications", {
    tenant_id: of.tenant.id,
    workspace_id: of.workspace.id,
    id,
    workflow_id: of.workflowId,
    workflow_version_id: versionId,
    environment_id: of.workspace.environmentId,
    published_by: of.userId,
  });
}

async function begin(db: Client): Promise<void> {
  await db.query("BEGIN");
  await enterScope(db, full.tenant.id, full.workspace.id);
}

const later = (seconds: number) =>
  makeId(cells.us.code, Date.now() + seconds * 1000, randomBytes(8));

async function releases(db: Client, of: Published): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query(
    `SELECT publication_id, workflow_version_id, published_by, published_at FROM workflow_releases
       WHERE tenant_id = $1 AND workflow_id = $2`,
    [of.tenant.id, of.workflowId],
  );
  return rows;
}

async function publication(db: Client, id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.query(
    `SELECT id AS publication_id, workflow_version_id, published_by, created_at AS published_at
       FROM workflow_publications WHERE id = $1`,
    [id],
  );
  return rows[0];
}

describe("what is in force", () => {
  it("is what the application role published last, in the same transaction", async () => {
    const id = later(1);
    await rolledBack(one, async () => {
      await begin(one);
      await publish(one, full, second, id);
      expect(await releases(one, full)).toEqual([await publication(one, id)]);
    });
    expect(await releases(superuser, full)).toMatchObject([
      { workflow_version_id: full.versionId },
    ]);
  });

  it("is one row for each environment", async () => {
    const environmentId = freshId(cells.us.code);
    const place = { tenant_id: full.tenant.id, workspace_id: full.workspace.id };
    await insert(superuser, "environments", { ...place, id: environmentId, name: "test" });
    const workspace = { ...full.workspace, environmentId };
    await publish(superuser, { ...full, workspace }, second, later(1));
    await publish(superuser, { ...full, workspace }, second, later(2));
    const found = await releases(superuser, full);
    expect(found).toHaveLength(2);
    expect(new Set(found.map((row) => row["workflow_version_id"]))).toEqual(
      new Set([full.versionId, second]),
    );
  });

  it.each([
    ["last", 1, 2],
    ["first", 2, 1],
  ])(
    "of two publishes at once is the later one, also when it commits %s",
    async (_, firstSecond, lastSecond) => {
      const [first, last] = [later(firstSecond), later(lastSecond)];
      await Promise.all([begin(one), begin(other)]);
      await publish(one, full, full.versionId, first);
      const waiting = publish(other, full, second, last);
      await untilSomebodyWaits();
      await one.query("COMMIT");
      await waiting;
      await other.query("COMMIT");
      const winner = first > last ? first : last;
      expect(await releases(superuser, full)).toEqual([await publication(superuser, winner)]);
    },
  );

  async function untilSomebodyWaits(): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      const { rowCount } = await superuser.query(
        "SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database()",
      );
      if (rowCount) return;
    }
    throw new Error("the second publish did not wait for the first");
  }
});

describe("by hand", () => {
  it.each([
    "INSERT INTO workflow_releases SELECT * FROM workflow_releases",
    "UPDATE workflow_releases SET workflow_version_id = workflow_version_id",
    "UPDATE workflow_releases SET publication_id = publication_id",
    "DELETE FROM workflow_releases",
    "TRUNCATE workflow_releases",
  ])("the application role cannot %s", async (sql) => {
    await rolledBack(one, async () => {
      await begin(one);
      expect(await releases(one, full)).toHaveLength(1);
      expect(await sqlState(one.query(sql))).toBe(NO_PRIVILEGE);
    });
  });
});

it("the migration puts into force what had been published last, of every tenant", async () => {
  const files = migrationFiles();
  const at = files.findIndex((file) => file.name.endsWith("_workflow_releases"));
  const database = `test_before_releases_${randomBytes(6).toString("hex")}`;
  await superuser.query(`CREATE DATABASE ${database} OWNER aic_owner`);
  const ownerUrl = new URL(cells.us.urls.owner);
  ownerUrl.pathname = `/${database}`;
  await migrate(ownerUrl.href, cells.us, files.slice(0, at));
  const db = await connected(superuserUrl(database));
  try {
    const expected = [];
    for (const published of [await makePublished(db), await makePublished(db)]) {
      const versions = [await makeVersion(db, published, 1), await makeVersion(db, published, 2)];
      const ids = [later(1), later(3), later(2)];
      for (const [index, id] of ids.entries())
        await publish(db, published, versions[index % 2] ?? "", id);
      expected.push({ published, row: await publication(db, ids[1] ?? "") });
    }
    await migrate(ownerUrl.href, cells.us, files);
    for (const { published, row } of expected) expect(await releases(db, published)).toEqual([row]);
  } finally {
    await db.end();
    await superuser.query(`DROP DATABASE ${database} WITH (FORCE)`);
  }
});

async function makePublished(db: Client): Promise<Published> {
  const tenant = await makeTenant(db, cells.us);
  const workspace = await makeWorkspace(db, tenant);
  const { id: userId } = await makePerson(db, tenant);
  const workflowId = freshId(cells.us.code);
  const row = { tenant_id: tenant.id, workspace_id: workspace.id, id: workflowId };
  await insert(db, "workflows", { ...row, name: "triage", created_by: userId });
  return { tenant, workspace, userId, workflowId };
}
