import { originOf, openCheckpoint } from "@aic-sos/audit/checkpoint";
import { merkleRoot } from "@aic-sos/audit/merkle";
import { verifyConsistency, verifyInclusion } from "@aic-sos/audit/merkle-verify";
import { consistencyProofFrom, inclusionProofFrom } from "@aic-sos/audit/node-store";
import { GENESIS } from "@aic-sos/audit/chain";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { makePerson } from "@aic-sos/testkit/make-person";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries, auditHead, auditTree, chainHashAt } from "./audit-log.ts";
import { growTree } from "./audit-range.ts";
import { checkpointKeys, ExportedInMemory, growLog, tamper } from "./audit-world.test-support.ts";
import { cellByCode } from "./cells.ts";
import { checkpointOnce } from "./checkpoints.ts";
import { plainTransaction } from "./plain-transaction.ts";
import {
  grantAt,
  grantIn,
  makePlace,
  openWorld,
  type Place,
  type World,
} from "./world.test-support.ts";

let world: World;
const keys = checkpointKeys();

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function work(exported = new ExportedInMemory(), everyLog = false, seconds = 0) {
  return { keys, readKeys: async () => keys, exported, everyLog, events: 100, seconds };
}

async function leavesOf(place: Place): Promise<Buffer[]> {
  const { rows } = await world.superuser.query<{ leaf_hash: Buffer }>(
    "select leaf_hash from audit_events where tenant_id = $1 order by seq",
    [place.tenant.id],
  );
  return rows.map((row) => row.leaf_hash);
}

async function sizesOf(place: Place): Promise<number[]> {
  const { rows } = await world.superuser.query<{ tree_size: string }>(
    "select tree_size from audit_checkpoints where tenant_id = $1 order by tree_size",
    [place.tenant.id],
  );
  return rows.map((row) => Number(row.tree_size));
}

describe("checkpoints", () => {
  it("are signed at every multiple and at the head, and say root and chain of that size", async () => {
    const place = await makePlace(world);
    const exported = new ExportedInMemory();
    await growLog(place, 650);
    expect(await checkpointOnce(1, work(exported))).toEqual({ signed: 7, refused: [], unkept: [] });
    expect(await sizesOf(place)).toEqual([100, 200, 300, 400, 500, 600, 650]);
    expect(exported.sizes(place.tenant.id)).toEqual(await sizesOf(place));
    const leaves = await leavesOf(place);
    const origin = originOf("us-east-1", place.tenant.id);
    for (const [size, note] of exported.notes.get(place.tenant.id) ?? []) {
      const opened = openCheckpoint(note, origin, keys.trusted(origin));
      const chainHead = await chainHashAt(grantAt(place, "audit_event:read"), size);
      const root = merkleRoot(leaves.slice(0, size));
      expect(opened).toMatchObject({ ok: true, checkpoint: { size, root, chainHead } });
    }
  });

  it("wait until the last one is old enough, unless a multiple is passed", async () => {
    const place = await makePlace(world);
    await growLog(place, 10);
    expect(await checkpointOnce(1, work(undefined, false, 60))).toMatchObject({ signed: 1 });
    await growLog(place, 10);
    expect(await checkpointOnce(1, work(undefined, false, 60))).toMatchObject({ signed: 0 });
    await growLog(place, 85);
    expect(await checkpointOnce(1, work(undefined, false, 60))).toMatchObject({ signed: 1 });
    expect(await sizesOf(place)).toEqual([10, 100]);
  });

  it("go on under a newer key that another replica has begun to use, and of a stranger's key they say so", async () => {
    const place = await makePlace(world);
    const exported = new ExportedInMemory();
    await growLog(place, 10);
    const newer = checkpointKeys();
    await checkpointOnce(1, { ...work(exported), keys: newer, readKeys: async () => newer });
    await growLog(place, 10);
    expect((await checkpointOnce(1, work(exported))).refused).toMatchObject([
      { tenantId: place.tenant.id, why: "the last note is not signed by our keys" },
    ]);
    await growLog(place, 10);
    const both = {
      ...newer,
      trusted: (name: string) => [newer, keys].flatMap((one) => one.trusted(name)),
    };
    const again = { ...work(exported), readKeys: async () => both };
    expect(await checkpointOnce(1, again)).toEqual({ signed: 1, refused: [], unkept: [] });
    expect(await sizesOf(place)).toEqual([10, 30]);
    const origin = originOf("us-east-1", place.tenant.id);
    const note = (await exported.latest(place.tenant.id)) ?? "";
    expect(openCheckpoint(note, origin, newer.trusted(origin))).toMatchObject({ ok: true });
  });

  it("cover logs that another process has made longer", async () => {
    const place = await makePlace(world);
    await growLog(place, 3);
    const { superuser } = world;
    await superuser.query("select pg_advisory_lock($1)", [0xc4ec]);
    expect(await checkpointOnce(1, work())).toMatchObject({ signed: 0 });
    await superuser.query("select pg_advisory_unlock($1)", [0xc4ec]);
    await checkpointOnce(1, work());
    expect(await sizesOf(place)).toEqual([3]);
    await checkpointOnce(1, work(undefined, true));
    expect(await sizesOf(place)).toEqual([3]);
  });

  it("that cannot leave the database are not signed, hold up no other log's, and come as soon as they can", async () => {
    const [stuck, other] = [await makePlace(world), await makePlace(world)];
    const exported = new ExportedInMemory();
    await growLog(stuck, 3);
    await growLog(other, 4);
    exported.closedTo.add(stuck.tenant.id);
    const { signed, unkept } = await checkpointOnce(1, work(exported));
    expect(signed).toBe(1);
    expect(unkept).toMatchObject([{ tenantId: stuck.tenant.id, cause: { code: "EACCES" } }]);
    expect([await sizesOf(stuck), await sizesOf(other)]).toEqual([[], [4]]);
    exported.closedTo.clear();
    expect(await checkpointOnce(1, work(exported))).toMatchObject({ signed: 1, unkept: [] });
    expect(await sizesOf(stuck)).toEqual([3]);
  });
});

describe("a log that was rewritten", () => {
  const rewrites: Readonly<Record<string, string>> = {
    "a leaf below the last checkpoint": `update audit_events set leaf_hash = sha256('x') where tenant_id = $1 and seq = 590`,
    "a subtree's node": `update audit_tree_nodes set hash = sha256('x') where tenant_id = $1 and level = 9`,
    "a missing node": `delete from audit_tree_nodes where tenant_id = $1 and index = 0`,
    "a missing event": `delete from audit_events where tenant_id = $1 and seq = 595`,
  };

  it.each(Object.entries(rewrites))("gets no checkpoint: %s", async (_, sql) => {
    const place = await makePlace(world);
    const exported = new ExportedInMemory();
    await growLog(place, 600);
    await checkpointOnce(1, work(exported));
    await growLog(place, 30);
    await tamper(world, sql, [place.tenant.id]);
    const { signed, refused } = await checkpointOnce(1, work(exported));
    expect([signed, refused.map(({ tenantId }) => tenantId)]).toEqual([0, [place.tenant.id]]);
    expect((await sizesOf(place)).at(-1)).toBe(600);
  });

  it("is found by what left the database, also when its checkpoints were deleted and it has fewer events", async () => {
    const place = await makePlace(world);
    const exported = new ExportedInMemory();
    await growLog(place, 120);
    await checkpointOnce(1, work(exported));
    await tamper(world, "delete from audit_checkpoints where tenant_id = $1", [place.tenant.id]);
    await tamper(world, "delete from audit_events where tenant_id = $1 and seq > 60", [
      place.tenant.id,
    ]);
    await growLog(place, 10);
    const { refused } = await checkpointOnce(1, work(exported));
    expect(refused[0]?.why).toContain("it has 70 events only");
    expect(await sizesOf(place)).toEqual([]);
  });

  it("is not when the rows of checkpoints that left were lost by a crash: they are made again", async () => {
    const place = await makePlace(world);
    const exported = new ExportedInMemory();
    await growLog(place, 250);
    await checkpointOnce(1, work(exported));
    await tamper(world, "delete from audit_checkpoints where tenant_id = $1", [place.tenant.id]);
    await growLog(place, 10);
    expect(await checkpointOnce(1, work(exported))).toMatchObject({ refused: [] });
    expect(await sizesOf(place)).toEqual([100, 200, 260]);
    expect(exported.sizes(place.tenant.id)).toEqual([100, 200, 250, 260]);
  });
});

describe("a checkpoint that left the database and is not in it", () => {
  const forgotten = async (place: Place, sql: string) => {
    const exported = new ExportedInMemory();
    await growLog(place, 50);
    await checkpointOnce(1, work(exported));
    for (const one of ["delete from audit_checkpoints where tenant_id = $1", sql])
      await tamper(world, one, [place.tenant.id]);
    return exported;
  };

  it("is made again by a newer key", async () => {
    const [place, newer] = [await makePlace(world), checkpointKeys()];
    const exported = await forgotten(place, "delete from audit_checkpoints where tenant_id = $1");
    const trusted = (origin: string) => [...newer.trusted(origin), ...keys.trusted(origin)];
    const both = { ...newer, trusted };
    await checkpointOnce(1, { ...work(exported, true), keys: both });
    expect(await sizesOf(place)).toEqual([50]);
  });

  it.each([
    [
      "says another chain",
      "update audit_events set chain_hash = sha256('') where tenant_id = $1 and seq = 50",
    ],
    [
      "said a chain that is no more",
      "update audit_events set chain_hash = '' where tenant_id = $1 and seq = 50",
    ],
  ])("and %s has its log refused, and nobody else's", async (_, sql) => {
    const [place, other] = [await makePlace(world), await makePlace(world)];
    const exported = await forgotten(place, sql);
    await growLog(other, 50);
    const { refused } = await checkpointOnce(1, work(exported, true));
    expect(refused.map(({ tenantId }) => tenantId)).toContain(place.tenant.id);
    expect(await sizesOf(place)).toEqual([]);
    expect(await sizesOf(other)).toEqual([50]);
  });
});

describe("the tree", () => {
  it("proves each event and each size to a reader of any workspace, as it would be computed from all leaves", async () => {
    const place = await makePlace(world);
    await growLog(place, 700);
    const other = await makeWorkspace(world.superuser, place.tenant);
    const auditor = await makePerson(world.superuser, place.tenant, {
      role: "Auditor",
      workspace: other,
    });
    const grant = grantIn(auditor.principal, "audit_event:read", place.tenant.id, other.id);
    const leaves = await leavesOf(place);
    const tree = auditTree(grant);
    expect(await auditHead(grant)).toBe(700);
    for (const [index, size] of [
      [0, 1],
      [0, 700],
      [255, 256],
      [256, 700],
      [699, 700],
      [511, 513],
    ] as const) {
      const claim = {
        index,
        size,
        leafHash: leaves[index] ?? GENESIS,
        root: merkleRoot(leaves.slice(0, size)),
        proof: await inclusionProofFrom(tree, index, size),
      };
      expect([index, size, verifyInclusion(claim)]).toEqual([index, size, true]);
      const from = index + 1;
      const consistency = {
        from,
        to: size,
        fromRoot: merkleRoot(leaves.slice(0, from)),
        toRoot: claim.root,
        proof: await consistencyProofFrom(tree, from, size),
      };
      expect([from, size, verifyConsistency(consistency)]).toEqual([from, size, true]);
    }
  });

  it("is built again from the leaves of a log that is older than it", async () => {
    const place = await makePlace(world);
    await growLog(place, 600);
    const { rows: before } = await world.superuser.query(
      "select level, index, hash from audit_tree_nodes where tenant_id = $1 order by 1, 2",
      [place.tenant.id],
    );
    expect(before).toHaveLength(3);
    await tamper(world, "delete from audit_tree_nodes where tenant_id = $1", [place.tenant.id]);
    const head = {
      seq: 600,
      chain: Buffer.from(await chainHashAt(grantAt(place, "audit_event:read"), 600)),
    };
    await plainTransaction(cellByCode(1).sealer, async (client) => {
      await growTree(client, place.tenant.id, head);
      await growTree(client, place.tenant.id, head);
    });
    const { rows: after } = await world.superuser.query(
      "select level, index, hash from audit_tree_nodes where tenant_id = $1 order by 1, 2",
      [place.tenant.id],
    );
    expect(after).toEqual(before);
  });
});

describe("a stretch of the log", () => {
  it("shows texts of the scope's workspace and hashes of the rest", async () => {
    const place = await makePlace(world);
    await growLog(place, 40);
    const shown = [];
    for await (const entry of auditEntries(grantAt(place, "audit_event:export"), 5, 30))
      shown.push(entry);
    expect(shown.map(({ seq }) => seq)).toEqual(Array.from({ length: 26 }, (_, at) => at + 5));
    for (const entry of shown) {
      if (entry.kind === "leaf") expect(Buffer.from(entry.textHash)).toEqual(entry.leafHash);
      else expect(JSON.parse(entry.text)).toMatchObject({ workspaceId: place.workspace.id });
    }
    const { rows } = await world.superuser.query(
      "select seq from audit_events where tenant_id = $1 and seq between 5 and 30 and workspace_id is null order by seq",
      [place.tenant.id],
    );
    const hidden = shown.filter(({ kind }) => kind === "leaf").map(({ seq }) => seq);
    expect(hidden).toEqual(rows.map(({ seq }) => Number(seq)));
    expect(hidden.length).toBeGreaterThan(0);
  });
});
