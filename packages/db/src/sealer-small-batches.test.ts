import { afterAll, beforeAll, expect, it } from "vitest";
import { denialAt } from "./audit-world.test-support.ts";
import { recordDecision } from "./inbox.ts";
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
  for (let at = 0; at < EVENTS; at += 1) await recordDecision(1, denialAt(place));
  while ((await sealOnce(1)).sealed > 0);
  await reported(world, place);
  const read = Object.entries(await entriesRead(world));
  expect(read.reduce((total, [, entries]) => total + entries, 0)).toBeGreaterThanOrEqual(EVENTS);
  for (const [name, entries] of read) expect(entries, name).toBeLessThan(4 * EVENTS);
});
