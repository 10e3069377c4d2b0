import { afterAll, beforeAll, expect, it } from "vitest";
import { cellByCode } from "./cells.ts";
import { growInbox, growLog } from "./audit-world.test-support.ts";
import { entriesRead, reported, rowsScanned } from "./log-statistics.test-support.ts";
import { sealOnce } from "./sealer.ts";
import { makePlace, openWorld, type World } from "./world.test-support.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const EVENTS = 6_000;
const TURN = 500;

it("a log that grows while its sealer's statements stay prepared is never read from end to end", async () => {
  const place = await makePlace(world);
  // What is planned once is planned for a log of one event.
  await growLog(place, 1);
  for (let grown = 0; grown < EVENTS; grown += TURN) await growLog(place, TURN);
  await reported(world, place);
  expect(await rowsScanned(world, "audit_events")).toBeLessThan(EVENTS);
  // By its place or by its id an event is read once or twice; by an index that has its tenant's other events in the way, thousands of times.
  const read = Object.entries(await entriesRead(world));
  expect(read.reduce((total, [, entries]) => total + entries, 0)).toBeGreaterThanOrEqual(EVENTS);
  for (const [name, entries] of read) expect(entries, name).toBeLessThan(4 * EVENTS);
});

it("an inbox that was vacuumed while it was empty is not taken for one that stays so", async () => {
  const place = await makePlace(world);
  await growLog(place, 1);
  await world.superuser.query("vacuum (truncate false) audit_inbox");
  // All that a turn takes.
  const batches = 4_000;
  await growInbox(place, batches);
  // Many times what its statements take, unless one of them compares each batch with each.
  const { sealer } = cellByCode(1);
  const hurry = () => sealer.query("set statement_timeout = '3s'");
  await Promise.all(Array.from({ length: sealer.options.max }, hurry));
  expect(await sealOnce(1)).toMatchObject({ sealed: batches });
});
