import type { AuditEvent } from "@aic-sos/audit/event";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AuditUnavailable, InvalidValue } from "./errors.ts";
import { Inbox, type InboxLimits } from "./group-commit.ts";
import { newId } from "./ids.ts";
import { poolDefaults } from "./pool-defaults.ts";
import { countWire, type WireCounter } from "./wire-counter.test-support.ts";
import { countOf, makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;
let place: Place;
let wire: WireCounter;
let audit: pg.Pool;
let sealer: pg.Pool;

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
  wire = await countWire(world.cell.urls.audit);
  audit = new pg.Pool(poolDefaults(wire.url, 2)).on("error", () => undefined);
  sealer = new pg.Pool(poolDefaults(world.cell.urls.sealer, 2)).on("error", () => undefined);
});
afterAll(async () => {
  await Promise.all([audit.end(), sealer.end()]);
  await wire.close();
  await world.close();
});
afterEach(() =>
  world.superuser.query(
    "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_audit",
  ),
);

const inbox = (limits: Partial<InboxLimits> = {}) => new Inbox(1, { audit, sealer }, limits);

function event(fields: Partial<AuditEvent> = {}): AuditEvent {
  return {
    v: 1,
    id: newId(1),
    time: new Date().toISOString(),
    class: "decision",
    type: "decision.allowed",
    tenantId: place.tenant.id,
    workspaceId: place.workspace.id,
    region: "us-east-1",
    actor: { id: place.person.id, kind: "user", authentication: "session" },
    procedure: "workflow.list",
    permission: "workflow:read",
    outcome: "allow",
    reason: null,
    resource: null,
    decisionId: newId(1),
    requestId: "request",
    changes: [],
    count: 1,
    ...fields,
  };
}

const isThere = (id: string) =>
  countOf(world, "select count(*) from audit_inbox where $1 = any (event_ids)", [id]);

describe("the audit inbox of a process", () => {
  it("makes an event durable before it answers", async () => {
    const one = event();
    await inbox().record(one);
    expect(await isThere(one.id)).toBe(1);
  });

  it("writes what arrives together in one statement, and what arrives meanwhile in the next", async () => {
    const mine = inbox();
    await mine.record(event());
    wire.reset();
    const first = Array.from({ length: 200 }, () => mine.record(event()));
    await Promise.resolve();
    const next = new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
      Promise.all(Array.from({ length: 200 }, () => mine.record(event()))),
    );
    await Promise.all([...first, next]);
    expect(wire.sent["E"]).toBe(2);
    expect(wire.sent["S"]).toBe(2);
  });

  it("refuses one event's caller when the database refuses that event, and nobody else of its group", async () => {
    const mine = inbox();
    const good = Array.from({ length: 20 }, () => event());
    const homeless = [event({ tenantId: newId(1) }), event({ tenantId: newId(1) })];
    const all = [...good.slice(0, 7), homeless[0], ...good.slice(7), homeless[1]];
    const results = await Promise.allSettled(all.map((one) => mine.record(one ?? event())));
    expect(results.map((result) => result.status)).toEqual(
      all.map((one) => (homeless.includes(one ?? event()) ? "rejected" : "fulfilled")),
    );
    for (const one of good) expect(await isThere(one.id)).toBe(1);
    const failure = results.find((result) => result.status === "rejected");
    expect(failure?.reason).toBeInstanceOf(AuditUnavailable);
    expect(failure?.reason.outcomeUnknown).toBe(false);
  });

  it("refuses before it joins a group what is no event of this cell", async () => {
    const mine = inbox();
    await expect(mine.record(event({ tenantId: newId(2) }))).rejects.toThrow(InvalidValue);
    await expect(mine.record(event({ id: "not-an-id" }))).rejects.toThrow(InvalidValue);
    for (const time of [
      "yesterday",
      "2026-99-99T10:00:00.000Z",
      "2026-02-30T10:00:00.000Z",
      "2026-01-01T24:00:00.000Z",
    ])
      await expect(mine.record(event({ time })), time).rejects.toThrow(InvalidValue);
    const noClass = { class: "gossip" } as unknown as Partial<AuditEvent>;
    await expect(mine.record(event(noClass))).rejects.toThrow(InvalidValue);
    await expect(mine.record(event({ requestId: "x".repeat(20_000) }))).rejects.toThrow(
      InvalidValue,
    );
  });

  it("answers AuditUnavailable while it may not write, without trying row by row, and recovers", async () => {
    const mine = inbox();
    await mine.record(event());
    await world.superuser.query("revoke insert on audit_inbox from aic_audit");
    wire.reset();
    const events = Array.from({ length: 50 }, () => event());
    const results = await Promise.allSettled(events.map((one) => mine.record(one)));
    expect(results.every((result) => result.status === "rejected")).toBe(true);
    expect(wire.sent["E"]).toBe(1);
    await world.superuser.query(
      "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_audit",
    );
    await mine.record(event());
  });

  it("says that the outcome is unknown when the connection is lost under a group, and writes it no second time", async () => {
    const mine = inbox();
    await mine.record(event());
    await world.superuser.query("begin");
    await world.superuser.query("lock table audit_inbox in access exclusive mode");
    const one = event();
    const recording = mine.record(one).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.superuser.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'aic_audit' and datname = current_database()",
    );
    expect(await recording).toMatchObject({ kind: "audit_unavailable", outcomeUnknown: true });
    await world.superuser.query("commit");
    expect(await isThere(one.id)).toBe(0);
    await mine.record(event());
  });

  it("refuses one group, certainly, when its connection has lost its prepared statement, and recovers", async () => {
    const mine = inbox();
    await mine.record(event());
    await audit.query("deallocate all");
    const failure = await mine.record(event()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "audit_unavailable", outcomeUnknown: false });
    await mine.record(event());
  });

  it("refuses what would make its queue longer than its bound", async () => {
    const mine = inbox({ waiting: 5, group: 2 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => mine.record(event())));
    expect(results.filter((result) => result.status === "rejected")).toHaveLength(3);
    await mine.record(event());
  });

  it("refuses while too much is unsealed, and takes events again once it is sealed", async () => {
    const mine = inbox({ unsealed: 1, countEvery: 20 });
    await mine.record(event());
    await expect
      .poll(() => mine.record(event()).catch((error) => error.kind))
      .toBe("audit_unavailable");
    await world.superuser.query("alter table audit_inbox disable trigger user");
    await world.superuser.query("delete from audit_inbox");
    await world.superuser.query("alter table audit_inbox enable trigger user");
    await expect
      .poll(() =>
        mine.record(event()).then(
          () => "recorded",
          () => "refused",
        ),
      )
      .toBe("recorded");
  });

  it("waits for what it accepted when it closes", async () => {
    const mine = inbox({ group: 3 });
    const events = Array.from({ length: 10 }, () => event());
    const recorded = events.map((one) => mine.record(one));
    await mine.close();
    await Promise.all(recorded);
    for (const one of events) expect(await isThere(one.id)).toBe(1);
  });
});
