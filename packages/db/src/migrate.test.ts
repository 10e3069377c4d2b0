import { platformTenantId } from "@aic-sos/contract/ids";
import { ROLE_TABLE, ROLE_TABLE_VERSION } from "@aic-sos/policy/role-table";
import { superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EmptyDatabase, emptyDatabase } from "./empty-database.test-support.ts";
import { newId } from "./ids.ts";
import { type CellIdentity, migrate } from "./migrate.ts";
import { type MigrationFile, migrationFiles } from "./migration-files.ts";
import { seedRoles } from "./role-seed.ts";

const US: CellIdentity = { code: 1, region: "us-east-1" };
const files = migrationFiles();

let database: EmptyDatabase;
let ownerUrl: string;

beforeEach(async () => {
  database = await emptyDatabase();
  ownerUrl = database.urls.owner;
});
afterEach(() => database?.drop());

async function asOwner<T>(use: (db: Client) => Promise<T>): Promise<T> {
  const db = new Client({ connectionString: ownerUrl });
  await db.connect();
  try {
    return await use(db);
  } finally {
    await db.end();
  }
}

const rows = (sql: string) => asOwner(async (db) => (await db.query(sql)).rows);
const added = (name: string, sql: string): MigrationFile => ({
  name,
  sql,
  checksum: "0".repeat(64),
});

describe("migrating an empty database", () => {
  it("applies every migration once, and again changes nothing", async () => {
    expect((await migrate(ownerUrl, US)).applied).toEqual(files.map((file) => file.name));
    const history = await rows("SELECT * FROM _prisma_migrations ORDER BY started_at");
    expect((await migrate(ownerUrl, US)).applied).toEqual([]);
    expect(await rows("SELECT * FROM _prisma_migrations ORDER BY started_at")).toEqual(history);
  });

  it("leaves the marker, the reserved tenant and the role tables", async () => {
    await migrate(ownerUrl, US);
    expect(await rows("SELECT cell, region, role_table_version FROM cell_marker")).toEqual([
      { cell: 1, region: "us-east-1", role_table_version: ROLE_TABLE_VERSION },
    ]);
    expect(await rows("SELECT tenant_id, slug, region FROM tenants")).toEqual([
      { tenant_id: platformTenantId(1), slug: "platform", region: "us-east-1" },
    ]);
    const pairs = await rows("SELECT role, permission FROM role_permissions");
    expect(pairs.length).toBe(Object.values(ROLE_TABLE).flat().length);
  });

  it("by eight at once: one migrates, all finish", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(ownerUrl, US)));
    const applied = results.map((result) => result.applied.length).toSorted((a, b) => b - a);
    expect(applied).toEqual([files.length, 0, 0, 0, 0, 0, 0, 0]);
    expect((await rows("SELECT FROM _prisma_migrations")).length).toBe(files.length);
  });

  it("continues after a crash between two migrations", async () => {
    await migrate(
      ownerUrl,
      US,
      files.slice(0, -1).concat(added("29990101000000_bad", "SELECT 1/0")),
    ).catch(() => {});
    expect((await migrate(ownerUrl, US)).applied).toEqual([files.at(-1)?.name]);
  });
});

describe("a migration that fails", () => {
  const broken = added(
    "29990101000000_broken",
    "CREATE TABLE half (id int);\nINSERT INTO half VALUES (1);\nSELECT nonsense;",
  );

  it("names the file, the line and Postgres' words, and leaves nothing of it", async () => {
    const failing = migrate(ownerUrl, US, [...files, broken]);
    await expect(failing).rejects.toMatchObject({
      name: "MigrationRefused",
      code: "failed",
      message: expect.stringContaining(
        'broken/migration.sql failed at line 3: column "nonsense" does not exist',
      ),
    });
    expect(await rows("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    expect((await rows("SELECT FROM _prisma_migrations")).length).toBe(files.length);
  });

  it("gives the lock back, so that the mended one goes through", async () => {
    await migrate(ownerUrl, US, [...files, broken]).catch(() => {});
    const mended = { ...broken, sql: "SELECT 1" };
    expect((await migrate(ownerUrl, US, [...files, mended])).applied).toEqual([broken.name]);
  });
});

describe("a database that does not fit is left alone", () => {
  beforeEach(async () => {
    await migrate(ownerUrl, US);
  });

  it("of another cell or region", async () => {
    for (const other of [
      { code: 2, region: "eu-west-1" },
      { code: 1, region: "eu-west-1" },
    ]) {
      const refused = migrate(ownerUrl, other, [
        ...files,
        added("29990101000000_more", "SELECT 1"),
      ]);
      await expect(refused).rejects.toMatchObject({
        code: "wrong_marker",
        message: expect.stringMatching(
          /is cell 1 of us-east-1, but the configuration names it as cell . of eu-west-1/,
        ),
      });
    }
    expect((await rows("SELECT FROM _prisma_migrations")).length).toBe(files.length);
  });

  it("newer than the code", async () => {
    await expect(migrate(ownerUrl, US, files.slice(0, -1))).rejects.toMatchObject({
      code: "database_newer",
      message: expect.stringContaining("migrated by a newer version"),
    });
  });

  it("with a migration that was changed after it had been applied", async () => {
    const changed = files.map((file, index) =>
      index === 2 ? { ...file, checksum: "1".repeat(64) } : file,
    );
    await expect(migrate(ownerUrl, US, changed)).rejects.toMatchObject({
      code: "checksum_changed",
      message: expect.stringContaining(`${files[2]?.name} was changed after it had been applied`),
    });
  });

  it("with a migration that another tool began and did not finish", async () => {
    await asOwner((db) => db.query("UPDATE _prisma_migrations SET finished_at = NULL"));
    await expect(migrate(ownerUrl, US)).rejects.toMatchObject({ code: "unfinished" });
  });

  it("by a role that is not its owner, a superuser among them", async () => {
    for (const url of [superuserUrl(database.name), database.urls.jobs]) {
      await expect(migrate(url, US)).rejects.toMatchObject({
        code: "wrong_role",
        message: expect.stringContaining("pnpm db:bootstrap"),
      });
    }
  });
});

describe("the role tables", () => {
  it("are never taken back by an older version, and follow a newer one", async () => {
    await migrate(ownerUrl, US);
    await asOwner(async (db) => {
      await db.query("DELETE FROM role_permissions WHERE role = 'Auditor'");
      await seedRoles(db);
      await seedRoles(db, ROLE_TABLE_VERSION - 1);
      expect((await db.query("SELECT FROM role_permissions WHERE role = 'Auditor'")).rowCount).toBe(
        0,
      );
      await seedRoles(db, ROLE_TABLE_VERSION + 1);
      expect(
        (await db.query("SELECT FROM role_permissions WHERE role = 'Auditor'")).rowCount,
      ).toBeGreaterThan(0);
      const { rows: marker } = await db.query(
        "SELECT role_table_version AS version FROM cell_marker",
      );
      expect(marker).toEqual([{ version: ROLE_TABLE_VERSION + 1 }]);
    });
  });
});

describe("events that wait to be sealed", () => {
  it("are batches of one once the inbox has batches", async () => {
    // A version that did not look at them yet.
    const looks = files.findIndex(({ name }) => name.endsWith("_inbox_takes_events"));
    await migrate(ownerUrl, US, files.slice(0, looks));
    const tenantId = platformTenantId(US.code);
    const ids = [newId(US.code), newId(US.code)].toSorted();
    const texts = [JSON.stringify({ ...SAID, id: ids[0], tenantId }), "no JSON"];
    await asOwner((db) =>
      db.query(
        `INSERT INTO audit_inbox (tenant_id, id, event)
          SELECT $1, * FROM unnest($2::uuid[], $3::text[])`,
        [tenantId, ids, texts],
      ),
    );
    await migrate(ownerUrl, US);
    expect(await rows("SELECT id, size, event_ids, events FROM audit_inbox ORDER BY id")).toEqual(
      ids.map((id, at) => ({ id, size: 1, event_ids: [id], events: [texts[at]] })),
    );
  });
});

const SAID = {
  actor: { id: "system:migration" },
  class: "change",
  time: "2026-11-30T10:00:00.000Z",
  type: "tenant.created",
  workspaceId: null,
};
