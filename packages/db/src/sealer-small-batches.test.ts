import { afterAll, beforeAll, expect, it } from "vitest";
import { growInbox } from "./audit-world.test-support.ts";
import { entriesRead, reported } from "./log-statistics.test-support.ts";
import { sealOnce } from "./sealer.ts";
import { makePlace, openWorld, type World } from "./world.test-support.ts";

const EVENTS = 3_000;

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

it("a log that was never analyzed is not read from end to end for each of many small batches", async () => {
  await world.superuser.query("alter table audit_events set (autovacuum_enabled = false)");
  const place = await makePlace(world);
  await growInbox(place, EVENTS);
  while ((await sealOnce(1)).sealed > 0);
  await reported(world, place);
  const read = Object.entries(await entriesRead(world));
  expect(read.reduce((total, [, entries]) => total + entries, 0)).toBeGreaterThanOrEqual(EVENTS);
  for (const [name, entries] of read) expect(entries, name).toBeLessThan(4 * EVENTS);
});
