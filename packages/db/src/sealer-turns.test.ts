import { canonicalText } from "@aic-sos/audit/canonical";
import type { AuditEvent } from "@aic-sos/audit/event";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { denialAt, growInbox, growLog } from "./audit-world.test-support.ts";
import { cellByCode } from "./cells.ts";
import { recordDecision } from "./inbox.ts";
import { sealOnce } from "./sealer.ts";
import { takeDamagedLogs, takeUnsealable } from "./set-aside.ts";
import { countOf, makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  place = await makePlace(world);
  await sealOneByOne(await makePlace(world), 80);
});
afterEach(async () => {
  await world.superuser.query("drop trigger if exists too_long on audit_events");
  await world.superuser.query("drop trigger if exists too_long on audit_inbox");
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

/** As statements are cancelled that take too long: those that seal more than so many events, and those that seal one of `never`. */
async function cancelAbove(most: number, never: readonly string[] = []): Promise<void> {
  await world.superuser.query("create sequence if not exists cancelled");
  await world.superuser.query("alter sequence cancelled restart");
  await world.superuser.query(`create or replace function cancel_many() returns trigger language plpgsql security definer as $$ begin
    if (select count(*) from fresh) > ${most} or exists (select from fresh where id = any ('{${never.join()}}')) then
      perform nextval('public.cancelled');
      raise exception 'takes too long' using errcode = 'query_canceled';
    end if;
    return null; end $$`);
  await world.superuser.query("drop trigger if exists too_long on audit_events");
  await world.superuser.query(`create trigger too_long after insert on audit_events referencing new table as fresh
    for each statement execute function cancel_many()`);
}

/** How many statements were cancelled; a sequence keeps count of what is rolled back. */
function cancelled(): Promise<number> {
  return countOf(world, "select case when is_called then last_value else 0 end from cancelled");
}

/** Asks for turns until so many events of the place are sealed. */
async function sealUntil(events: number, turns: number): Promise<void> {
  for (let turn = 0; turn < turns && (await sealed()) < events; turn += 1) {
    await sealOnce(1).catch(() => undefined);
  }
  expect(await sealed()).toBe(events);
}

/** Seals so many new events, each in a turn of its own: after a few dozen turns all of one is tried again. */
async function sealOneByOne(where: Place, events: number): Promise<void> {
  for (let event = 0; event < events; event += 1) {
    await growInbox(where, 1);
    await sealOnce(1);
  }
}

/** Puts these events into the inbox as one batch. */
async function putWhole(events: readonly AuditEvent[]): Promise<void> {
  await world.superuser.query(
    `insert into audit_inbox (tenant_id, id, size, event_ids, events)
      values ($1, $2, cardinality($3::uuid[]), $3, $4::text[])`,
    [events[0]?.tenantId, events[0]?.id, events.map(({ id }) => id), events.map(canonicalText)],
  );
}

/** Does something when what stood aside may be tried again. */
async function later(work: () => Promise<unknown>): Promise<void> {
  const now = performance.now() + 11 * 60_000;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  await work();
  clock.mockRestore();
}

/** The events that wait, in the order in which they have to be sealed. */
async function idsInInbox(): Promise<readonly string[]> {
  const { rows } = await world.superuser.query<{ ids: string[] }>(
    "select event_ids as ids from audit_inbox order by id",
  );
  return rows.flatMap(({ ids }) => ids);
}

async function idsInLog(): Promise<readonly string[]> {
  const { rows } = await world.superuser.query<{ id: string }>(
    "select id from audit_events where tenant_id = $1 order by seq",
    [place.tenant.id],
  );
  return rows.map(({ id }) => id);
}

it("a turn that the database cancels is tried again with less, until it goes through", async () => {
  await cancelAbove(10);
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
  await Promise.all(Array.from({ length: 5 }, () => recordDecision(1, denialAt(place))));
  // What the batch lacks is not counted.
  expect(await sealOnce(1)).toMatchObject({ sealed: 6 });
  expect(await sealed()).toBe(5);
  expect(await sealed(bad)).toBe(1);
  expect(takeUnsealable(1).found).toEqual([]);
  const { rows } = await world.superuser.query("select from audit_inbox");
  expect(rows).toEqual([]);
});

it("what is cancelled again and again by itself stands aside, is told of, and holds up nobody else", async () => {
  const bad = await makePlace(world);
  const slow = denialAt(bad);
  await recordDecision(1, slow);
  await cancelAbove(4_000, [slow.id]);
  // Once may be for what passes.
  await expect(sealOnce(1)).rejects.toThrow("takes too long");
  expect(takeUnsealable(1).found).toEqual([]);
  const inBatch = await makePlace(world);
  const three = Array.from({ length: 3 }, () => denialAt(inBatch));
  const others = Array.from({ length: 5 }, () => denialAt(bad));
  await Promise.all(others.map((event) => recordDecision(1, event)));
  await world.superuser.query(`create or replace function cancel_one() returns trigger language plpgsql as $$ begin
    if old.size > 3 then raise exception 'takes too long' using errcode = 'query_canceled'; end if;
    return old; end $$`);
  await world.superuser.query(
    "create trigger too_long before delete on audit_inbox for each row execute function cancel_one()",
  );
  const { rows } = await world.superuser.query("select id from audit_inbox where size > 3");
  const unsettled: unknown = rows[0]?.id;
  await putWhole(three);
  await cancelAbove(4_000, [slow.id, three[1]?.id ?? ""]);
  await growInbox(place, 20);
  await sealUntil(20, 80);
  const { found } = takeUnsealable(1);
  expect(new Map(found.map(({ id, why }) => [id, why]))).toEqual(
    new Map([slow.id, unsettled, three[1]?.id].map((id) => [id, "57014"])),
  );
  expect(await sealed(inBatch)).toBe(2);
  await world.superuser.query("drop trigger too_long on audit_events");
  await world.superuser.query("drop trigger too_long on audit_inbox");
  await later(() => growLog(place, 0));
  expect([await sealed(bad), await sealed(inBatch)]).toEqual([6, 3]);
  expect((await world.superuser.query("select from audit_inbox")).rows).toEqual([]);
});

it("a tenant of whose events several are cancelled again and again waits with all of them, and the others do not", async () => {
  const bad = await makePlace(world);
  const slow = Array.from({ length: 60 }, () => denialAt(bad));
  await putWhole(slow.slice(30));
  for (const event of slow.slice(0, 30)) await recordDecision(1, event);
  await cancelAbove(
    4_000,
    slow.map(({ id }) => id),
  );
  await growInbox(place, 20);
  await sealUntil(20, 40);
  expect(await cancelled()).toBeLessThan(25);
  expect(takeDamagedLogs(1).found).toMatchObject([{ tenantId: bad.tenant.id }]);
  await world.superuser.query("drop trigger too_long on audit_events");
  await later(() => growLog(place, 0));
  expect(await sealed(bad)).toBe(60);
});

it("a batch of which only little goes through at once costs few turns that are cancelled, and keeps its order", async () => {
  await cancelAbove(5);
  await putBatch(200);
  const waiting = await idsInInbox();
  await sealUntil(200, 40);
  expect(await idsInLog()).toEqual(waiting);
  // 200, 50, 13, 4; and before that the turns of all that waits.
  expect(await cancelled()).toBeLessThan(15);
});

it("after turns that were cancelled more is tried again, little by little", async () => {
  await cancelAbove(10);
  await growInbox(place, 60);
  await sealUntil(60, 60);
  const few = await cancelled();
  await growInbox(place, 60);
  // What was too much a moment ago is not tried at every other turn.
  await sealUntil(120, 60);
  expect((await cancelled()) - few).toBeLessThanOrEqual(2);
  await world.superuser.query("drop trigger too_long on audit_events");
  await sealOneByOne(place, 80);
  await growInbox(place, 300);
  expect(await sealOnce(1)).toMatchObject({ sealed: 300, full: false });
});

it("takes no more texts into a turn than are enough", async () => {
  const wide = Array.from({ length: 500 }, () => ({
    ...denialAt(place),
    requestId: noise(12_000),
  }));
  for (const event of wide) await recordDecision(1, event);
  const first = await sealOnce(1);
  // Four megabytes.
  expect(first).toMatchObject({ full: true });
  expect(first.sealed).toBeGreaterThan(300);
  expect(first.sealed).toBeLessThan(400);
  expect(await sealOnce(1)).toMatchObject({ full: false });
  expect(await sealed()).toBe(500);
});

it("leaves the rest of a batch that is sealed in parts to another sealer that came in between", async () => {
  await cancelAbove(5);
  await putBatch(40);
  const waiting = await idsInInbox();
  const { sealer } = cellByCode(1);
  const other = new pg.Client({ connectionString: world.cell.urls.sealer });
  await other.connect();
  const connect = sealer.connect.bind(sealer);
  let calls = 0;
  // The lock is another's for one turn in the middle.
  const between = async () => {
    calls += 1;
    if (calls === 12) await other.query("select pg_advisory_lock($1)", [0x5ea1]);
    if (calls === 13) await other.query("select pg_advisory_unlock($1)", [0x5ea1]);
    return connect();
  };
  vi.spyOn(sealer, "connect").mockImplementation(between as never);
  await sealUntil(40, 40);
  vi.restoreAllMocks();
  await other.end();
  expect(await idsInLog()).toEqual(waiting);
});

/** So many characters that no compression makes fewer. */
function noise(length: number): string {
  return randomBytes(length).toString("base64").slice(0, length);
}
