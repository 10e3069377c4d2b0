import { afterAll, beforeAll, expect, it } from "vitest";
import { growLog } from "./audit-world.test-support.ts";
import { makePlace, openWorld, type World } from "./world.test-support.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const EVENTS = 6_000;

/** Rows of the log that were read by reading all of it. */
async function rowsScanned(): Promise<number> {
  const { rows } = await world.superuser.query<{ scanned: string }>(
    "select seq_tup_read as scanned from pg_stat_user_tables where relname = 'audit_events'",
  );
  return Number(rows[0]?.scanned);
}

it("a log that grows while its sealer's statements stay prepared is never read from end to end", async () => {
  const place = await makePlace(world);
  for (let grown = 0; grown < EVENTS; grown += 500) await growLog(place, 500);
  // Backends report what they did once a second at most.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await growLog(place, 1);
  await world.superuser.query("select pg_stat_clear_snapshot()");
  expect(await rowsScanned()).toBeLessThan(EVENTS);
});
