import { canonicalText } from "@aic-sos/audit/canonical";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { denialAt, growInbox, growLog } from "./audit-world.test-support.ts";
import { recordDecision } from "./inbox.ts";
import { sealOnce } from "./sealer.ts";
import { takeUnsealable } from "./set-aside.ts";
import { makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  place = await makePlace(world);
});
afterEach(async () => {
  await world.superuser.query("drop trigger if exists too_long on audit_events");
});

async function sealed(of = place): Promise<number> {
  const { rows } = await world.superuser.query<{ sealed: number }>(
    "select count(*)::int as sealed from audit_events where tenant_id = $1",
    [of.tenant.id],
  );
  return rows[0]?.sealed ?? 0;
}

/** Puts one batch of so many events into the inbox. */
async function putBatch(events: number): Promise<void> {
  await Promise.all(Array.from({ length: events }, () => recordDecision(1, denialAt(place))));
}

it("a turn that the database cancels is tried again with less, until it goes through", async () => {
  // As a statement is cancelled that takes too long: here one of more than ten events.
  await world.superuser.query(`create or replace function cancel_many() returns trigger language plpgsql as $$ begin
    if (select count(*) from fresh) > 10 then raise exception 'takes too long' using errcode = 'query_canceled'; end if;
    return null; end $$`);
  await world.superuser.query(`create trigger too_long after insert on audit_events referencing new table as fresh
    for each statement execute function cancel_many()`);
  await growInbox(place, 30);
  await putBatch(25);
  const other = world.superuser;
  const turns: string[] = [];
  for (let turn = 0; turn < 40 && (await sealed()) < 55; turn += 1) {
    turns.push(
      await sealOnce(1).then(
        () => "sealed",
        (error: Error) => error.name,
      ),
    );
    // Somebody else asks for a turn while one goes on, which finds nothing to do, and says nothing of what can be done.
    await other.query("select pg_advisory_lock($1)", [0x5ea1]);
    for (let call = 0; call < 6; call += 1) await sealOnce(1);
    await other.query("select pg_advisory_unlock($1)", [0x5ea1]);
  }
  expect(await sealed()).toBe(55);
  expect(turns[0]).toBe("CellUnavailable");
  expect(takeUnsealable(1).found).toEqual([]);
});

it("a batch that has fewer events than it says holds up no other", async () => {
  const bad = await makePlace(world);
  const event = denialAt(bad);
  // The table's own triggers would refuse it: as somebody puts it there who can switch them off.
  await world.superuser.query("set session_replication_role = replica");
  const put = (size: number) =>
    world.superuser.query(
      "insert into audit_inbox (tenant_id, id, size, event_ids, events) values ($1, $2, $4, array[$2::uuid], array[$3])",
      [bad.tenant.id, event.id, canonicalText(event), size],
    );
  // None at all would be divided by.
  await expect(put(0)).rejects.toThrow("audit_inbox_size_check");
  await put(2);
  await world.superuser.query("set session_replication_role = origin");
  await growLog(place, 5);
  expect(await sealed()).toBe(5);
  expect(await sealed(bad)).toBe(1);
  expect(takeUnsealable(1).found).toEqual([]);
  const { rows } = await world.superuser.query("select from audit_inbox");
  expect(rows).toEqual([]);
});
