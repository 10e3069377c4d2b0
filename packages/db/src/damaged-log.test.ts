import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkpointKeys,
  denialAt,
  ExportedInMemory,
  growLog,
  tamper,
} from "./audit-world.test-support.ts";
import { checkpointOnce } from "./checkpoints.ts";
import { recordDecision } from "./inbox.ts";
import { sealOnce } from "./sealer.ts";
import { takeDamagedLogs, takeUnsealable } from "./set-aside.ts";
import { countOf, makePlace, openWorld, type Place, type World } from "./world.test-support.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function sealAll(): Promise<void> {
  while ((await sealOnce(1)).sealed > 0);
}

const countAt = (table: string, { tenant }: Place) =>
  countOf(world, `select count(*) from ${table} where tenant_id = '${tenant.id}'`);

/** Of a log of 300 events, whose last one goes too, so that the sealer reads the tree again. */
const DAMAGES: Readonly<Record<string, string>> = {
  "an event is missing": "delete from audit_events where tenant_id = $1 and seq in (2, 300)",
  "a leaf hash is none": `update audit_events set leaf_hash = '\\x00' where tenant_id = $1 and seq = 299;
    delete from audit_events where tenant_id = $1 and seq = 300`,
  "the last event has a number far beyond":
    "update audit_events set seq = 9000000000000000 where tenant_id = $1 and seq = 300",
};

describe("a damaged log", () => {
  it.each(Object.entries(DAMAGES))(
    "in which %s gets its events without a tree and no checkpoint, is told of, and stops nobody else's",
    async (_, sql) => {
      const [bad, good] = [await makePlace(world), await makePlace(world)];
      for (const place of [bad, good]) await growLog(place, 300);
      for (const one of sql.split(";"))
        await tamper(world, one.replace("$1", `'${bad.tenant.id}'`));
      await tamper(world, `delete from audit_tree_nodes where tenant_id = '${bad.tenant.id}'`);
      const before = await countAt("audit_events", bad);
      for (const place of [bad, good, bad]) await recordDecision(1, denialAt(place));
      await sealAll();
      expect(await countAt("audit_events", good)).toBe(301);
      expect(await countAt("audit_events", bad)).toBe(before + 2);
      expect(await countAt("audit_tree_nodes", bad)).toBe(0);
      expect(takeDamagedLogs(1).found).toMatchObject([{ tenantId: bad.tenant.id }]);
      await recordDecision(1, denialAt(bad));
      await sealAll();
      expect(takeDamagedLogs(1).found).toEqual([]);
      const keys = checkpointKeys();
      const { signed, refused } = await checkpointOnce(1, {
        keys,
        readKeys: async () => keys,
        exported: new ExportedInMemory(),
        everyLog: false,
        events: 1_000,
        seconds: 0,
      });
      expect(signed).toBe(1);
      expect(refused).toMatchObject([{ tenantId: bad.tenant.id }]);
    },
  );

  it("that takes no event has them wait, not tried one by one for ever, and is told of", async () => {
    const [bad, good] = [await makePlace(world), await makePlace(world)];
    await growLog(bad, 3);
    await tamper(
      world,
      `update audit_events set chain_hash = '\\x00' where tenant_id = '${bad.tenant.id}' and seq = 3`,
    );
    await Promise.all(Array.from({ length: 150 }, () => recordDecision(1, denialAt(bad))));
    await recordDecision(1, denialAt(good));
    await sealAll();
    expect(await countAt("audit_events", good)).toBe(1);
    expect(takeUnsealable(1)).toMatchObject({ aside: 100 });
    expect(takeDamagedLogs(1).found).toMatchObject([{ tenantId: bad.tenant.id }]);
    for (const place of [bad, good]) await recordDecision(1, denialAt(place));
    await sealAll();
    expect(await countAt("audit_events", good)).toBe(2);
    expect(takeUnsealable(1)).toEqual({ found: [], aside: 100 });
    const left = "select coalesce(sum(size), 0) from audit_inbox where tenant_id = $1";
    expect(await countOf(world, left, [bad.tenant.id])).toBe(151);
  });
});
