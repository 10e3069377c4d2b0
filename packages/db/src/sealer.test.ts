import { canonicalText } from "@aic-sos/audit/canonical";
import { firstChainFault } from "@aic-sos/audit/chain";
import type { AuditEvent } from "@aic-sos/audit/event";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { denialAt } from "./audit-world.test-support.ts";
import { cellByCode } from "./cells.ts";
import { CellUnavailable } from "./errors.ts";
import { newId } from "./ids.ts";
import { recordDecision } from "./inbox.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { sealOnce } from "./sealer.ts";
import { setAsideIn, takeUnsealable } from "./set-aside.ts";
import { countOf, makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function sealAll(): Promise<number> {
  let total = 0;
  for (;;) {
    const { sealed } = await sealOnce(1);
    if (sealed === 0) return total;
    total += sealed;
  }
}

const waiting = () => countOf(world, "select coalesce(sum(size), 0) from audit_inbox");

/** Seen from inside a transaction, too. */
const BLOCKED_SEALERS = `select count(*) from pg_locks as l join pg_stat_activity as a using (pid)
  where a.usename = 'aic_sealer' and a.datname = current_database() and not l.granted`;

/** A batch as an older server might have let it in: nothing looks at its events. */
async function putBatch(
  { superuser }: World,
  { tenant }: Place,
  events: readonly { readonly id: string; readonly text: string }[],
): Promise<void> {
  await superuser.query("alter table audit_inbox disable trigger user");
  await superuser.query(
    `insert into audit_inbox (tenant_id, id, size, event_ids, events)
      values ($1, $2, cardinality($3::uuid[]), $3, $4::text[])`,
    [tenant.id, events[0]?.id, events.map(({ id }) => id), events.map(({ text }) => text)],
  );
  await superuser.query("alter table audit_inbox enable trigger user");
}

async function linksOf(place: Place) {
  const { rows } = await world.superuser.query(
    "select * from audit_events where tenant_id = $1 order by seq",
    [place.tenant.id],
  );
  return rows.map((row) => ({
    id: row.id,
    seq: Number(row.seq),
    text: row.event,
    leafHash: row.leaf_hash,
    previousChainHash: row.previous_chain_hash,
    chainHash: row.chain_hash,
  }));
}

describe("sealing", () => {
  it("gives 5 tenants dense chains that verify, from 2,000 events of 16 writers, with 3 sealers at once", async () => {
    const places = await Promise.all(Array.from({ length: 5 }, () => makePlace(world)));
    const events = Array.from({ length: 2_000 }, (_, index) =>
      denialAt(places[index % 5] ?? (places[0] as Place)),
    );
    let writing = true;
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let index = writer; index < events.length; index += 16)
        await recordDecision(1, events[index] as AuditEvent);
    });
    const sealers = Array.from({ length: 3 }, async () => {
      let sealed = 0;
      while (writing || (await waiting()) > 0) sealed += (await sealOnce(1, 97)).sealed;
      return sealed;
    });
    await Promise.all(writers);
    writing = false;
    const sealed = (await Promise.all(sealers)).reduce((sum, one) => sum + one, 0);
    expect(sealed).toBe(2_000);
    for (const place of places) {
      const links = await linksOf(place);
      expect(links).toHaveLength(400);
      expect(firstChainFault(links)).toBeUndefined();
      expect(links.at(-1)?.seq).toBe(400);
      const mine = events.filter((one) => one.tenantId === place.tenant.id).map((one) => one.id);
      expect(new Set(links.map((link) => link.id))).toEqual(new Set(mine));
    }
  });

  it("that dies between insert and delete has done nothing, and the next does it once", async () => {
    const place = await makePlace(world);
    await Promise.all(Array.from({ length: 10 }, () => recordDecision(1, denialAt(place))));
    await world.superuser.query(`create function die() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
    await world.superuser.query(
      "create trigger die before delete on audit_inbox execute function die()",
    );
    await world.superuser.query("alter function die() owner to postgres");
    await world.superuser.query("alter function die() security definer");
    await expect(sealOnce(1)).rejects.toThrow(CellUnavailable);
    expect(await linksOf(place)).toEqual([]);
    await world.superuser.query("drop trigger die on audit_inbox");
    expect(await sealAll()).toBe(10);
    const links = await linksOf(place);
    expect(links).toHaveLength(10);
    expect(firstChainFault(links)).toBeUndefined();
    expect(await waiting()).toBe(0);
  });

  it("skips an event that is in the log already, and clears it away", async () => {
    const place = await makePlace(world);
    const one = denialAt(place);
    await recordDecision(1, one);
    await sealAll();
    await recordDecision(1, one);
    expect(await sealOnce(1)).toMatchObject({ sealed: 0 });
    expect(await waiting()).toBe(0);
    expect(await linksOf(place)).toHaveLength(1);
  });

  it("does not miss an event whose transaction commits late", async () => {
    const place = await makePlace(world);
    const late = denialAt(place);
    const slow = new pg.Client({ connectionString: world.cell.urls.audit });
    await slow.connect();
    await slow.query("begin");
    await slow.query(
      "insert into audit_inbox (tenant_id, id, size, event_ids, events) values ($1, $2, 1, array[$2::uuid], array[$3])",
      [late.tenantId, late.id, JSON.stringify(late)],
    );
    await recordDecision(1, denialAt(place));
    await sealAll();
    await slow.query("commit");
    await slow.end();
    await sealAll();
    const links = await linksOf(place);
    expect(links.map((link) => link.seq)).toEqual([1, 2]);
    expect(links[1]?.id).toBe(late.id);
    expect(firstChainFault(links)).toBeUndefined();
  });

  it("goes on after its connection has lost its prepared statements", async () => {
    const place = await makePlace(world);
    await recordDecision(1, denialAt(place));
    await sealOnce(1);
    await recordDecision(1, denialAt(place));
    await plainTransaction(cellByCode(1).sealer, (client) => client.query("deallocate all"));
    await expect(sealOnce(1)).rejects.toThrow(CellUnavailable);
    expect(await sealOnce(1)).toMatchObject({ sealed: 1 });
  });

  it("is not undone by a webhook that is removed at this moment", async () => {
    const place = await makePlace(world);
    const hook = newId(1);
    await world.superuser.query(
      `insert into security_webhooks (tenant_id, id, name, url, secret_sealed, created_by)
        values ($1, $2, 'siem', 'https://siem.test', '\\x00', $3)`,
      [place.tenant.id, hook, place.person.id],
    );
    await recordDecision(1, {
      ...denialAt(place),
      class: "security",
      type: "security.token_reuse",
    });
    await world.superuser.query("begin");
    await world.superuser.query("delete from security_webhooks where id = $1", [hook]);
    const sealing = sealOnce(1);
    await expect.poll(() => countOf(world, BLOCKED_SEALERS)).toBe(1);
    await world.superuser.query("commit");
    expect(await sealing).toMatchObject({ sealed: 1 });
    expect(takeUnsealable(1)).toEqual({ found: [], aside: 0 });
    expect(await linksOf(place)).toHaveLength(1);
  });

  it("leaves the work to the one who is at it", async () => {
    const place = await makePlace(world);
    await recordDecision(1, denialAt(place));
    await world.superuser.query("select pg_advisory_lock(24225)");
    expect(await sealOnce(1)).toMatchObject({ sealed: 0 });
    await world.superuser.query("select pg_advisory_unlock(24225)");
    expect(await sealOnce(1)).toMatchObject({ sealed: 1 });
  });

  it("sets aside an event that the log does not take, keeps it, says so once, and seals everybody else's", async () => {
    const [place, other] = [await makePlace(world), await makePlace(world)];
    // As rows that were there before the inbox refused them.
    const bad = ["no JSON", '{"requestId":"\\u0000"}', JSON.stringify({ time: "2026-99-99" })];
    const ids = bad.map(() => newId(1));
    for (const [at, text] of bad.entries())
      await putBatch(world, place, [{ id: ids[at] as string, text }]);
    const good = Array.from({ length: 20 }, (_, at) => denialAt(at % 2 === 0 ? place : other));
    for (const one of good) await recordDecision(1, one);
    expect(await sealOnce(1)).toMatchObject({ sealed: 20 });
    const { found, aside } = takeUnsealable(1);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
    expect(new Set(found.map(({ tenantId }) => tenantId))).toEqual(new Set([place.tenant.id]));
    expect(aside).toBe(3);
    await recordDecision(1, denialAt(place));
    expect(await sealOnce(1)).toMatchObject({ sealed: 1 });
    expect(takeUnsealable(1)).toEqual({ found: [], aside: 3 });
    expect(await waiting()).toBe(3);
    for (const one of [place, other])
      expect(firstChainFault(await linksOf(one)), one.tenant.id).toBeUndefined();
  });

  it("sets aside one event of a batch, and seals the rest of the batch in its order", async () => {
    const place = await makePlace(world);
    const asideBefore = takeUnsealable(1).aside;
    const events = Array.from({ length: 9 }, () => {
      const one = denialAt(place);
      return { id: one.id, text: canonicalText(one) };
    });
    const [good] = events.splice(4, 1, { id: newId(1), text: "no JSON" });
    await putBatch(world, place, events);
    expect(await sealOnce(1)).toMatchObject({ sealed: 8 });
    const { found, aside } = takeUnsealable(1);
    expect(found).toMatchObject([{ id: events[4]?.id, batch: events[0]?.id, why: "22P02" }]);
    expect(aside).toBe(asideBefore + 1);
    const sealed = events.filter(({ text }) => text !== "no JSON").map(({ id }) => id);
    expect((await linksOf(place)).map(({ id }) => id)).toEqual(sealed);
    expect(firstChainFault(await linksOf(place))).toBeUndefined();
    expect(await sealOnce(1)).toMatchObject({ sealed: 0 });

    // Mended by hand, it goes with its batch, and nothing is sealed twice.
    await world.superuser.query("alter table audit_inbox disable trigger user");
    await world.superuser.query(
      "update audit_inbox set event_ids[5] = $2, events[5] = $3 where id = $1",
      [events[0]?.id, good?.id, good?.text],
    );
    await world.superuser.query("alter table audit_inbox enable trigger user");
    const later = performance.now() + 11 * 60_000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => later);
    await sealAll();
    clock.mockRestore();
    expect((await linksOf(place)).map(({ id }) => id)).toEqual([...sealed, good?.id]);
    expect(firstChainFault(await linksOf(place))).toBeUndefined();
    expect(
      await countOf(world, "select count(*) from audit_inbox where tenant_id = $1", [
        place.tenant.id,
      ]),
    ).toBe(0);
  });

  it("sets aside an event of a batch whose id the log has with another text, and seals the rest", async () => {
    const place = await makePlace(world);
    const one = denialAt(place);
    await recordDecision(1, one);
    await sealAll();
    takeUnsealable(1);
    const [before, after] = [denialAt(place), denialAt(place)];
    const events = [before, { ...one, requestId: "another" }, after];
    await putBatch(
      world,
      place,
      events.map((event) => ({ id: event.id, text: canonicalText(event) })),
    );
    expect(await sealOnce(1)).toMatchObject({ sealed: 2 });
    expect(takeUnsealable(1).found).toMatchObject([{ id: one.id, why: "23505 audit_events_pkey" }]);
    expect((await linksOf(place)).map(({ id }) => id)).toEqual([one.id, before.id, after.id]);
  });

  it("takes the rest of a batch with a bad event again at once, when its connection was lost in between", async () => {
    const place = await makePlace(world);
    const good = Array.from({ length: 3 }, () => denialAt(place));
    const texts = good.map((event) => ({ id: event.id, text: canonicalText(event) }));
    await putBatch(world, place, [{ id: newId(1), text: "no JSON" }, ...texts]);
    await world.superuser.query(`create function die_at_last() returns trigger language plpgsql security definer as
      $$ begin
        if new.id = '${good[2]?.id}' then perform pg_terminate_backend(pg_backend_pid()); end if;
        return new;
      end $$`);
    await world.superuser.query(
      "create trigger die before insert on audit_events for each row execute function die_at_last()",
    );
    await expect(sealAll()).rejects.toThrow(CellUnavailable);
    await world.superuser.query("drop trigger die on audit_events");
    await sealAll();
    expect((await linksOf(place)).map(({ id }) => id)).toEqual(good.map(({ id }) => id));
  });

  it("takes the rest of a batch with a bad event again at once, when another sealer came in between", async () => {
    const place = await makePlace(world);
    const good = Array.from({ length: 3 }, () => denialAt(place));
    const texts = good.map((event) => ({ id: event.id, text: canonicalText(event) }));
    await putBatch(world, place, [{ id: newId(1), text: "no JSON" }, ...texts]);
    const other = new pg.Client({ connectionString: world.cell.urls.sealer });
    await other.connect();
    let taken: Promise<unknown> = Promise.resolve();
    const [aside, { sealer }] = [setAsideIn(1), cellByCode(1)];
    const [add, connect] = [aside.add.bind(aside), sealer.connect.bind(sealer)];
    vi.spyOn(aside, "add").mockImplementation((event) => {
      add(event);
      taken = other.query("select pg_advisory_lock(24225)");
    });
    const onceTaken = () => taken.then(() => connect());
    vi.spyOn(sealer, "connect").mockImplementation(onceTaken as never);
    expect(await sealOnce(1)).toMatchObject({ sealed: 0 });
    vi.restoreAllMocks();
    await other.end();
    expect(await sealOnce(1)).toMatchObject({ sealed: 3 });
    expect((await linksOf(place)).map(({ id }) => id)).toEqual(good.map(({ id }) => id));
  });

  it("is not stopped by a time that is none, from whoever may write one", async () => {
    const place = await makePlace(world);
    await recordDecision(1, denialAt(place));
    await world.superuser.query("alter table audit_inbox disable trigger user");
    await world.superuser.query(
      "update audit_inbox set created_at = 'infinity' where tenant_id = $1",
      [place.tenant.id],
    );
    await world.superuser.query("alter table audit_inbox enable trigger user");
    expect(await sealOnce(1)).toMatchObject({ sealed: 1, waitedSeconds: 0 });
  });

  it("takes whole batches until it has as many events as it may", async () => {
    const place = await makePlace(world);
    for (let batch = 0; batch < 5; batch += 1)
      await Promise.all(Array.from({ length: 10 }, () => recordDecision(1, denialAt(place))));
    expect(await sealOnce(1, 25)).toMatchObject({ sealed: 30, full: true });
    expect(await sealOnce(1, 25)).toMatchObject({ sealed: 20, full: false });
    expect(firstChainFault(await linksOf(place))).toBeUndefined();
  });
});
