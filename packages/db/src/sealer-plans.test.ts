import { afterAll, beforeAll, expect, it } from "vitest";
import { growLog } from "./audit-world.test-support.ts";
import { entriesRead, reported, rowsScanned } from "./log-statistics.test-support.ts";
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
  await growLog(place, EVENTS);
  await world.superuser.query("vacuum (truncate false) audit_inbox");
  // Each turn by itself is far from the limit of a statement, unless it compares each of these with each.
  await growLog(place, 3 * EVENTS);
  const { rows } = await world.superuser.query(
    "select count(*)::int as sealed from audit_events where tenant_id = $1",
    [place.tenant.id],
  );
  expect(rows).toEqual([{ sealed: 4 * EVENTS }]);
});

it("a sealer that got used to an empty inbox does not read it from end to end for each event once it is full", async () => {
  const place = await makePlace(world);
  await world.superuser.query("vacuum audit_inbox");
  // What is planned once is planned for an inbox of one page.
  for (let turn = 0; turn < 12; turn += 1) await growLog(place, 1);
  await reported(world, place);
  const before = await rowsScanned(world, "audit_inbox");
  await growLog(place, EVENTS);
  await reported(world, place);
  // Each turn finds what waits by reading it; then every row has its place.
  expect((await rowsScanned(world, "audit_inbox")) - before).toBeLessThan(4 * EVENTS);
});
