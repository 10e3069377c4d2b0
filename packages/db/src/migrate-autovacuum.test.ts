import { type OwnPostgres, ownPostgres } from "@aic-sos/testkit/own-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bootstrapRoles } from "./bootstrap.ts";
import { migrate } from "./migrate.ts";
import { migrationFiles } from "./migration-files.ts";

const US = { code: 1, region: "us-east-1" };
const DATABASE = "control_plane";

let postgres: OwnPostgres;
let superuser: Client;

beforeAll(async () => {
  postgres = await ownPostgres();
  superuser = new Client({ connectionString: postgres.server.superuserUrl(DATABASE) });
});
afterAll(async () => {
  await superuser?.end();
  await postgres?.remove();
});

it("a migration ends an autovacuum that would have its table for longer than it waits", async () => {
  const urls = await bootstrapRoles(postgres.server.superuserUrl(), [DATABASE], {});
  const ownerUrl = urls[DATABASE]?.owner ?? "";
  await migrate(ownerUrl, US);
  await superuser.connect();
  await superuser.query("ALTER SYSTEM SET autovacuum_naptime = '1s'");
  await superuser.query("SELECT pg_reload_conf()");
  // A page in ten seconds or so.
  await superuser.query(`CREATE TABLE large (id integer) WITH (autovacuum_vacuum_insert_threshold = 0,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)`);
  await superuser.query("ALTER TABLE large OWNER TO aic_owner");
  await superuser.query("INSERT INTO large SELECT generate_series(1, 200000)");
  const vacuums = async () =>
    (await superuser.query("SELECT FROM pg_stat_progress_vacuum WHERE relid = 'large'::regclass"))
      .rowCount;
  await expect.poll(vacuums, { timeout: 30_000 }).toBe(1);
  const more = {
    name: "29990101000000_more",
    sql: "ALTER TABLE large ADD more text",
    checksum: "0",
  };
  const patience = { attempts: 5, lockTimeout: 100, pause: 50 };
  const { applied } = await migrate(ownerUrl, US, [...migrationFiles(), more], patience);
  expect(applied).toEqual([more.name]);
});
