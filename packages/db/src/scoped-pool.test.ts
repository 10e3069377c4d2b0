import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CellUnavailable, NoScope, StaleEpoch, UniqueViolation } from "./errors.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { ScopedPool } from "./scoped-pool.ts";
import { countWire, type WireCounter } from "./wire-counter.test-support.ts";
import {
  grantAt,
  makePlace,
  makeWorkflow,
  openWorld,
  type Place,
  type World,
} from "./world.test-support.ts";

let world: World;
let place: Place;
let scope: Scope;
let wire: WireCounter;
let pool: ScopedPool;

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
  await makeWorkflow(world, place, "triage");
  scope = scopeOf(grantAt(place, "workflow:read"), false);
  wire = await countWire(world.cell.urls.app);
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

beforeEach(() => {
  pool = new ScopedPool(wire.url, 1);
});
afterEach(() => pool.end());

const NAMES = { name: "names", text: "select name from workflows where name <> $1", values: [""] };

/** What the pool's one connection looks like to whoever gets it next, without a scope. */
async function nextSees(sql: string): Promise<unknown> {
  const connect: () => Promise<pg.PoolClient> = pg.Pool.prototype.connect.bind(pool);
  const client = await connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    client.release();
  }
}

const LEFT_SCOPE = `select coalesce(nullif(current_setting('app.tenant_id', true), ''), 'none')
  || ' ' || current_setting('transaction_read_only')`;

describe("a statement in its scope", () => {
  it("is one round trip and one Sync", async () => {
    await pool.run(scope, NAMES);
    wire.reset();
    const { rows } = await pool.run(scope, NAMES);
    expect(rows).toEqual([{ name: "triage" }]);
    expect(wire.roundTrips).toBe(1);
    // Described once: the second answer's rows are read by the description of the first.
    expect(wire.sent).toEqual({ B: 2, E: 2, S: 1 });
  });

  it("is one round trip and one Sync also when it is sent for the first time", async () => {
    await pool.run(scope, NAMES);
    wire.reset();
    await pool.run(scope, { text: "select 1", values: [] });
    expect(wire.roundTrips).toBe(1);
    expect(wire.sent["S"]).toBe(1);
  });

  it("leaves no scope on the connection", async () => {
    await pool.run({ ...scope, readOnly: true }, NAMES);
    expect(await nextSees(LEFT_SCOPE)).toBe("none off");
  });

  it("sees nothing when the connection is used without one", async () => {
    await pool.run(scope, NAMES);
    expect(await nextSees("select count(*)::int from workflows")).toBe(0);
  });

  it("rolls back when it fails, keeps the connection and leaves no scope on it", async () => {
    const backend = await nextSees("select pg_backend_pid()");
    const twice = pool.run(scope, {
      text: `insert into environments (tenant_id, workspace_id, id, name)
        select tenant_id, workspace_id, id, 'twice' || (select count(*) from environments) from environments`,
    });
    await expect(twice).rejects.toThrow(UniqueViolation);
    expect(await nextSees(LEFT_SCOPE)).toBe("none off");
    expect(await nextSees("select pg_backend_pid()")).toBe(backend);
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
  });

  it("does not run when the principal's rights changed, and what it would have prepared can be prepared again", async () => {
    const stale = { ...scope, epoch: (scope.epoch ?? 0) + 1 };
    await expect(pool.run(stale, NAMES)).rejects.toThrow(StaleEpoch);
    expect(await nextSees(LEFT_SCOPE)).toBe("none off");
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
  });
});

describe("the pool", () => {
  it("sends nothing without a scope", async () => {
    await pool.run(scope, NAMES);
    wire.reset();
    await expect(pool.query({ text: "select 1", values: [] })).rejects.toThrow(NoScope);
    await expect(pool.connect()).rejects.toThrow(NoScope);
    expect(wire.sent).toEqual({});
  });

  it("outlives a backend that is killed while idle, and one killed under a statement", async () => {
    const kill = (pid: unknown) => world.superuser.query("select pg_terminate_backend($1)", [pid]);
    await kill(await nextSees("select pg_backend_pid()"));
    await expect.poll(() => pool.totalCount).toBe(0);
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);

    const pid = await nextSees("select pg_backend_pid()");
    const sleeping = pool
      .run(scope, { text: "select pg_sleep(5)" })
      .catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await kill(pid);
    expect(await sleeping).toBeInstanceOf(CellUnavailable);
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
  });

  it("answers once for a value that cannot be written, whether its statement was prepared or not", async () => {
    const asked = { name: "asked", text: "select $1::jsonb as said" };
    const unwritable = { ...asked, values: [{ n: 1n }] };
    await expect(pool.run(scope, unwritable)).rejects.toThrow(CellUnavailable);
    expect((await pool.run(scope, { ...asked, values: [{ n: 1 }] })).rows).toEqual([
      { said: { n: 1 } },
    ]);
    await expect(pool.run(scope, unwritable)).rejects.toThrow(CellUnavailable);
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
  });

  it("says why no scope can be opened where the database does not let it be prepared", async () => {
    await world.superuser.query("alter table users rename to people");
    try {
      await expect(pool.run(scope, NAMES)).rejects.toThrow(/no scope can be opened: .*users/);
    } finally {
      await world.superuser.query("alter table people rename to users");
    }
    expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
  });

  it("closes a connection whose prepared statements no longer fit, and answers CellUnavailable once", async () => {
    const stale = [
      () => world.superuser.query("alter table workflows alter column name type varchar(1000)"),
      () => nextSees("deallocate all"),
    ];
    for (const makeStale of stale) {
      await pool.run(scope, NAMES);
      const backend = await nextSees("select pg_backend_pid()");
      await makeStale();
      await expect(pool.run(scope, NAMES)).rejects.toThrow(CellUnavailable);
      expect((await pool.run(scope, NAMES)).rows).toHaveLength(1);
      expect(await nextSees("select pg_backend_pid()")).not.toBe(backend);
    }
    await world.superuser.query("alter table workflows alter column name type text");
  });

  it("answers CellUnavailable when nobody listens, when a statement takes too long, and when it is full for too long", async () => {
    const nowhere = new ScopedPool("postgres://aic_app@127.0.0.1:1/none", 1);
    await expect(nowhere.run(scope, NAMES)).rejects.toThrow(CellUnavailable);
    await nowhere.end();

    await nextSees("set statement_timeout = 20");
    await expect(pool.run(scope, { text: "select pg_sleep(1)" })).rejects.toThrow(CellUnavailable);
    await nextSees("set statement_timeout = 10000");

    const holding = pool.run(scope, { text: "select pg_sleep(3.5)" });
    await expect(pool.run(scope, NAMES)).rejects.toThrow(CellUnavailable);
    await holding;
  });

  it("waits for the disk and lives in UTC, whatever the database's defaults are", async () => {
    const { database } = world.cell;
    await world.superuser.query(`alter database ${database} set synchronous_commit = off`);
    await world.superuser.query(`alter database ${database} set timezone = 'Asia/Tokyo'`);
    expect(
      await nextSees(
        "select current_setting('synchronous_commit') || ' ' || current_setting('timezone')",
      ),
    ).toBe("on UTC");
    await world.superuser.query(`alter database ${database} reset all`);
  });
});
