import { setTimeout as sleep } from "node:timers/promises";
import { type FreshCells, freshCells, superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appendEvent } from "./append-event.ts";
import { PATIENCE } from "./apply-migration.ts";
import { denialAt } from "./audit-world.test-support.ts";
import { type OpenCells, openCells } from "./cells.ts";
import { type EmptyDatabase, emptyDatabase } from "./empty-database.test-support.ts";
import { newId } from "./ids.ts";
import { recordDecision } from "./inbox.ts";
import { migrate } from "./migrate.ts";
import { type MigrationFile, migrationFiles } from "./migration-files.ts";
import { read, write } from "./scoped.ts";
import { grantAt, makePlace, type Place } from "./world.test-support.ts";

const US = { code: 1, region: "us-east-1" };
const files = migrationFiles();
const TABLE_BY_TABLE = /_table_by_table$/;
const before = files.slice(
  0,
  files.findIndex(({ name }) => TABLE_BY_TABLE.test(name)),
);
const missing = files.slice(before.length).map(({ name }) => name);
const noop: MigrationFile = { name: "29990101000000_nothing", sql: "SELECT 1", checksum: "0" };
const IMPATIENT = { attempts: 3, lockTimeout: 100, pause: 50 };

let cells: FreshCells;
let database: EmptyDatabase;
let superuser: Client;
let open: OpenCells;
let place: Place;

beforeAll(async () => {
  cells = await freshCells();
});
afterAll(() => cells?.drop());
/** A database of the version before, with a server at work. */
beforeEach(async () => {
  database = await emptyDatabase();
  await migrate(database.urls.owner, US, before);
  superuser = await connected();
  const cell = { ...US, database: database.name, urls: database.urls };
  open = await openCells([cell]);
  place = await makePlace({ superuser, cell });
});
afterEach(async () => {
  await open?.close();
  for (const client of clients.splice(0)) await client.end();
  await database?.drop();
});

const clients: Client[] = [];

async function connected(): Promise<Client> {
  const client = new Client({ connectionString: superuserUrl(database.name) });
  clients.push(client);
  await client.connect();
  return client;
}

/** What a table has to hold to: of each constraint its text, and whether every row was looked at. */
async function constraintsIn(db: Client): Promise<readonly { conname: string }[]> {
  const { rows } = await db.query(
    `SELECT conrelid::regclass::text AS of_table, conname, pg_get_constraintdef(oid) AS says, convalidated
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  return rows;
}

const migrated = async () => constraintsIn(await cells.superuser(cells.us));

const historyLength = async () =>
  (await superuser.query("SELECT FROM _prisma_migrations")).rowCount ?? 0;

/** Calls `request` again and again until `work` is done. */
async function beside(
  work: Promise<unknown>,
  request: () => Promise<unknown>,
): Promise<{ done: number; slowest: number; failed: unknown[] }> {
  const seen = { done: 0, slowest: 0, failed: [] as unknown[] };
  let working = true;
  const ended = work.finally(() => (working = false)).catch(() => undefined);
  while (working) {
    const began = performance.now();
    await request().then(
      () => (seen.done += 1),
      (error: unknown) => seen.failed.push(error),
    );
    seen.slowest = Math.max(seen.slowest, performance.now() - began);
  }
  await ended;
  return seen;
}

const waitsFor = async (table: string): Promise<boolean> =>
  (
    await superuser.query("SELECT FROM pg_locks WHERE relation = $1::regclass AND NOT granted", [
      table,
    ])
  ).rowCount !== 0;

describe("migrating while servers are at work", () => {
  it("goes through, fails no request, and leaves the constraints of an empty database", async () => {
    const create = async () => {
      const grant = grantAt(place, "workflow:create");
      const id = newId(grant);
      await recordDecision(US.code, denialAt(place));
      await write(grant, async (tx) => {
        await tx.workflow.create({ data: { id, name: id, createdBy: place.person.id } });
        await appendEvent(tx, { type: "workflow.created", resource: { type: "workflow", id } });
      });
    };
    const slow = await connected();
    await slow.query("BEGIN; LOCK webhook_deliveries IN ROW EXCLUSIVE MODE");
    const migrating = migrate(database.urls.owner, US);
    const writing = Promise.all(Array.from({ length: 6 }, () => beside(migrating, create)));
    // A migration that kept what it has would have users now.
    await expect.poll(() => waitsFor("webhook_deliveries"), { timeout: 20_000 }).toBe(true);
    await slow.query("LOCK users IN ROW EXCLUSIVE MODE; COMMIT");
    const writers = await writing;
    expect(await migrating).toEqual({ applied: missing });
    expect(writers.flatMap(({ failed }) => failed)).toEqual([]);
    for (const { done } of writers) expect(done).toBeGreaterThan(0);
    expect(await constraintsIn(superuser)).toEqual(await migrated());
  });

  it("waits for a long reader, and lets requests pass meanwhile", async () => {
    const reader = await connected();
    await reader.query("BEGIN; SELECT FROM workflows LIMIT 1");
    const migrating = Promise.all([
      migrate(database.urls.owner, US),
      migrate(database.urls.owner, US),
    ]);
    const list = () => read(grantAt(place, "workflow:read"), (db) => db.workflow.findMany());
    const listing = beside(migrating, list);
    await expect.poll(() => waitsFor("workflows"), { timeout: 20_000 }).toBe(true);
    await sleep(3_000);
    await reader.query("ROLLBACK");
    const { done, slowest, failed } = await listing;
    // The second waits for the first for as long as it takes.
    expect((await migrating).flatMap(({ applied }) => applied)).toEqual(missing);
    expect(failed).toEqual([]);
    expect(done).toBeGreaterThan(10);
    expect(slowest).toBeLessThan(PATIENCE.lockTimeout + 1_200);
  });

  it.each(files.filter(({ name }) => TABLE_BY_TABLE.test(name)))(
    "$name is refused when a table is never free, keeps what is done, and goes on there",
    async ({ name }) => {
      const done = files.filter((file) => file.name < name);
      await migrate(database.urls.owner, US, done);
      const [untouched, holder] = [await constraintsIn(superuser), await connected()];
      await holder.query("BEGIN; LOCK workflows IN SHARE UPDATE EXCLUSIVE MODE");
      await expect(migrate(database.urls.owner, US, files, IMPATIENT)).rejects.toMatchObject({
        code: "failed",
        message: expect.stringMatching(
          /^\d+_\w+_table_by_table\/migration\.sql found its tables in use by others 3 times: .* lock timeout \(.*ALTER TABLE workflows .*goes on there\. Stop the servers of the version before, .* and start again\.$/s,
        ),
      });
      expect(await historyLength()).toBe(done.length);
      const same = new Set(untouched.map((one) => JSON.stringify(one)));
      const changed = (await constraintsIn(superuser)).filter(
        (one) => !same.has(JSON.stringify(one)),
      );
      const names = changed.map(({ conname }) => conname);
      expect(names).toContain("users_cell_check");
      expect(names).not.toContain("workflows_cell_check");
      await holder.query("ROLLBACK");
      await migrate(database.urls.owner, US, files, IMPATIENT);
      expect(await constraintsIn(superuser)).toEqual(await migrated());
    },
  );
});

describe("a file without a transaction", () => {
  const added = (sql: string): MigrationFile => ({
    name: "29990101000000_steps",
    sql: `-- no transaction\n${sql}`,
    checksum: "0".repeat(64),
  });
  const steps = (failing: string) =>
    added(`DO $$
      BEGIN
        CREATE TABLE IF NOT EXISTS first_step ();
        COMMIT;
        ${failing};
        CREATE TABLE IF NOT EXISTS second_step ();
        COMMIT;
      END
      $$`);

  it.each([
    ["fails", "PERFORM 1/0", "division by zero"],
    ["dies", "PERFORM pg_terminate_backend(pg_backend_pid())", "terminating connection"],
  ])(
    "that %s half-way keeps what it committed, and is done again",
    async (_what, failing, said) => {
      const broken = migrate(database.urls.owner, US, [...files, steps(failing)]);
      await expect(broken).rejects.toMatchObject({
        code: "failed",
        message: expect.stringMatching(
          new RegExp(`steps/migration.sql failed: ${said}.*What it had committed stays`, "s"),
        ),
      });
      const { rows } = await superuser.query(
        "SELECT to_regclass('first_step') AS first, to_regclass('second_step') AS second",
      );
      expect(rows).toEqual([{ first: "first_step", second: null }]);
      expect(await historyLength()).toBe(files.length);
      const { applied } = await migrate(database.urls.owner, US, [...files, steps("PERFORM 1")]);
      expect(applied).toEqual(["29990101000000_steps"]);
    },
  );
});

it("a database that has the migrations between gets the two of them as if they did nothing", async () => {
  const others = files.filter(({ name }) => !TABLE_BY_TABLE.test(name));
  await migrate(database.urls.owner, US, others);
  expect(await constraintsIn(superuser)).toEqual(await migrated());
  const { applied } = await migrate(database.urls.owner, US);
  expect(applied).toEqual(missing.filter((name) => TABLE_BY_TABLE.test(name)));
  expect(await constraintsIn(superuser)).toEqual(await migrated());
});

it("what comes after the migrations waits for its tables without a limit", async () => {
  const holder = await connected();
  await holder.query("BEGIN; LOCK tenants");
  const migrating = migrate(database.urls.owner, US, [...before, noop], IMPATIENT);
  await sleep(IMPATIENT.lockTimeout * 5);
  await holder.query("ROLLBACK");
  expect((await migrating).applied).toEqual([noop.name]);
});
