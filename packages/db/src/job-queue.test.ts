import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { enqueue } from "./enqueue.ts";
import { RefusedByDatabase } from "./errors.ts";
import { newId } from "./ids.ts";
import { type Job, queueDepth, type RunningQueue, startQueue } from "./job-queue.ts";
import { write } from "./scoped.ts";
import { grantAt, makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;
let place: Place;
const running: RunningQueue[] = [];

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
});
afterAll(() => world.close());
afterEach(async () => {
  await Promise.all(running.splice(0).map((queue) => queue.stop()));
  await world.superuser.query("delete from graphile_worker._private_jobs");
});

function startWith(handle: (job: Job) => Promise<void>) {
  const troubles: unknown[] = [];
  const queue = startQueue(
    1,
    { "deliver-webhook": handle },
    { ended: () => undefined, troubled: (error) => void troubles.push(error) },
  );
  running.push(queue);
  return troubles;
}

/** Adds a job as a request does. */
function add(of: Place, ids: Record<string, string>, key = newId(1)): Promise<void> {
  const grant = grantAt(of, "workflow:create");
  return write(grant, (tx) => enqueue(tx, "deliver-webhook", ids, key));
}

async function payloads(): Promise<unknown[]> {
  const { rows } = await world.superuser.query<{ payload: unknown }>(
    "select payload from graphile_worker._private_jobs order by id",
  );
  return rows.map(({ payload }) => payload);
}

describe("a job", () => {
  it("is added when its transaction commits, with the tenant stamped on it, and never otherwise", async () => {
    const deliveryId = newId(1);
    const failing = write(grantAt(place, "workflow:create"), async (tx) => {
      await enqueue(tx, "deliver-webhook", { deliveryId }, deliveryId);
      throw new Error("thought better of it");
    });
    await expect(failing).rejects.toThrow("thought better of it");
    expect(await payloads()).toEqual([]);
    await add(place, { deliveryId, tenantId: newId(1) });
    expect(await payloads()).toEqual([{ deliveryId, tenantId: place.tenant.id }]);
  });

  it("holds ids and nothing else", async () => {
    for (const value of ["hello", "", "0199f0c2-5b1e-4001-a3c4-0d9f1b7e6a52", "null"]) {
      await expect(add(place, { text: value }), value).rejects.toThrow(RefusedByDatabase);
    }
    expect(await payloads()).toEqual([]);
  });

  it("with a key that waits already takes its place, but never that of another tenant", async () => {
    const other = await makePlace(world);
    const [key, first, second] = [newId(1), newId(1), newId(1)];
    await add(place, { deliveryId: first }, key);
    await add(other, { deliveryId: first }, key);
    await add(place, { deliveryId: second }, key);
    expect(await payloads()).toEqual([
      { deliveryId: second, tenantId: place.tenant.id },
      { deliveryId: first, tenantId: other.tenant.id },
    ]);
    expect(await queueDepth(1)).toEqual({ waiting: 2, failed: 0 });
  });

  it("is done by one of two queues, once", async () => {
    const done: string[] = [];
    for (let queues = 0; queues < 2; queues += 1) {
      startWith(async ({ ["deliveryId"]: id = "" }) => void done.push(id));
    }
    const ids = Array.from({ length: 50 }, () => newId(1));
    await Promise.all(ids.map((deliveryId) => add(place, { deliveryId })));
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(50);
    await sleep(1_500);
    expect(done.toSorted()).toEqual(ids.toSorted());
  });

  it("that fails is tried again", async () => {
    let turns = 0;
    const troubles = startWith(async () => {
      turns += 1;
      if (turns === 1) throw new Error("not now");
    });
    await add(place, { deliveryId: newId(1) });
    await expect.poll(() => turns, { timeout: 15_000 }).toBe(2);
    expect(troubles).toMatchObject([{ message: "not now" }]);
  });

  it("is ended in peace when the queue stops", async () => {
    let ended = false;
    let begun = false;
    startWith(async () => {
      begun = true;
      await sleep(1_000);
      ended = true;
    });
    await add(place, { deliveryId: newId(1) });
    await expect.poll(() => begun, { timeout: 5_000 }).toBe(true);
    await running[0]?.stop();
    expect(ended).toBe(true);
    expect(await payloads()).toEqual([]);
  });
});

describe("the queue", () => {
  it("outlives a database that goes away in the middle of a job", { timeout: 40_000 }, async () => {
    const done: string[] = [];
    startWith(async ({ ["deliveryId"]: id = "" }) => {
      done.push(id);
      await sleep(500);
    });
    const [before, after] = [newId(1), newId(1)];
    await add(place, { deliveryId: before });
    await expect.poll(() => done, { timeout: 5_000 }).toEqual([before]);
    await world.superuser.query(
      "revoke connect on database " + world.cell.database + " from aic_jobs",
    );
    await world.superuser.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'aic_jobs' and datname = current_database()",
    );
    await sleep(2_000);
    await world.superuser.query(
      "grant connect on database " + world.cell.database + " to aic_jobs",
    );
    await add(place, { deliveryId: after });
    await expect.poll(() => done, { timeout: 20_000 }).toContain(after);
    await sleep(3_000);
    const later = newId(1);
    await add(place, { deliveryId: later });
    await expect.poll(() => done, { timeout: 20_000 }).toContain(later);
  });

  it("is worked by the jobs' role alone: others cannot read it, add to it, or name another tenant", async () => {
    for (const role of ["app", "audit", "sealer"] as const) {
      const client = new Client({ connectionString: world.cell.urls[role] });
      await client.connect();
      const refused = async (text: string) => {
        await expect(client.query(text), `${role}: ${text}`).rejects.toMatchObject({
          code: "42501",
        });
      };
      await refused("select from graphile_worker.jobs");
      await refused("select from graphile_worker._private_jobs");
      await refused("select graphile_worker.add_job('deliver-webhook')");
      if (role !== "sealer") await refused("select enqueue_for(null, 'x', '{}')");
      if (role !== "app") await refused("select enqueue('x', '{}')");
      await client.end();
    }
    const app = new Client({ connectionString: world.cell.urls.app });
    await app.connect();
    // Without a scope there is no tenant, so no job.
    await expect(app.query("select enqueue('x', '{}')")).rejects.toMatchObject({ code: "AE007" });
    await app.end();
  });
});
