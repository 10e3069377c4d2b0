import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChainLink, firstChainFault } from "@aic-sos/audit/chain";
import { CompactRange, type HashedNode } from "@aic-sos/audit/compact-range";
import { STORED_LEVEL } from "@aic-sos/audit/node-store";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import type pg from "pg";
import { childEnvironment, REPOSITORY } from "../config.ts";
import { asSuperuser } from "../stage/callers.ts";
import { CELL, openStage, type Stage } from "../stage/stage.ts";
import type { Member } from "./log-member.main.ts";

export interface SealPlan {
  readonly processes: number;
  /** In all of them together. */
  readonly writers: number;
  readonly events: number;
  readonly kills: number;
  readonly say: (line: string) => void;
}

export interface SealOutcome {
  readonly problems: readonly string[];
  readonly kills: number;
  readonly events: number;
  readonly nodes: number;
  readonly seconds: number;
}

/** The sealer lives at most so long, in milliseconds: killed in the midst of its work. */
const LONGEST_LIFE_MS = 400;

/**
 * Processes write into one tenant's log, and its sealer is killed with SIGKILL again and again meanwhile. Then: every
 * event that was acknowledged is in it once, the sequence is dense, and chain and tree are what they must be.
 */
export async function sealedUnderLoad(plan: SealPlan): Promise<SealOutcome> {
  const stage = await openStage("torture-sealed");
  try {
    const member = await asSuperuser(stage, async (db) => {
      const tenant = await makeTenant(db, CELL);
      const actor = await makePerson(db, tenant);
      return { tenantId: tenant.id, actorId: actor.id };
    });
    const began = performance.now();
    const each = Math.ceil(plan.events / plan.processes);
    const writers = Array.from({ length: plan.processes }, (_, at) =>
      start("write", {
        ...member,
        urls: stage.urls,
        name: `writer${at}`,
        events: each,
        writers: Math.ceil(plan.writers / plan.processes),
      }),
    );
    const writing = Promise.all(writers.map(succeeded));
    await killSealers(stage, { ...member, ...NOTHING_TO_WRITE, urls: stage.urls }, plan, writing);
    const seconds = (performance.now() - began) / 1000;
    return await asSuperuser(stage, async (db) => ({
      ...(await judgeLog(db, member.tenantId, plan.processes, each)),
      kills: plan.kills,
      seconds,
    }));
  } finally {
    await stage.close();
  }
}

const NOTHING_TO_WRITE = { name: "sealer", events: 0, writers: 0 };

/** One sealer after another, each killed while there is something to seal; the last one seals the rest. */
async function killSealers(
  stage: Stage,
  member: Member,
  plan: SealPlan,
  writing: Promise<unknown>,
): Promise<void> {
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    const sealer = start("seal", member);
    await asSuperuser(stage, (db) => untilProgress(db, member.tenantId));
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await kill9(sealer);
    plan.say(`killed the sealer ${kill} of ${plan.kills} times`);
  }
  const last = start("seal", member);
  await writing;
  await asSuperuser(stage, untilSealed);
  await kill9(last);
}

function start(role: "write" | "seal", member: Member): ChildProcess {
  return spawn(
    process.execPath,
    [join(import.meta.dirname, "log-member.main.ts"), role, JSON.stringify(member)],
    { cwd: REPOSITORY, env: childEnvironment({}), stdio: ["ignore", "ignore", "inherit"] },
  );
}

async function succeeded(child: ChildProcess): Promise<void> {
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`a writer ended with ${code}`);
}

async function kill9(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function untilProgress(db: pg.Client, tenantId: string): Promise<void> {
  const head = async (): Promise<number> => {
    const { rows } = await db.query<{ seq: string | null }>(
      "select max(seq) as seq from audit_events where tenant_id = $1",
      [tenantId],
    );
    return Number(rows[0]?.seq ?? 0);
  };
  const [before, end] = [await head(), performance.now() + 30_000];
  while ((await head()) === before && performance.now() < end) await sleep(5);
}

async function untilSealed(db: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ waiting: boolean }>(
      "select exists (select from audit_inbox) as waiting",
    );
    if (rows[0]?.waiting === false) return;
    await sleep(50);
  }
}

async function judgeLog(
  db: pg.Client,
  tenantId: string,
  processes: number,
  each: number,
): Promise<Pick<SealOutcome, "problems" | "events" | "nodes">> {
  const links = await linksOf(db, tenantId);
  const problems: string[] = [];
  const marks = links.map(({ text }) => (JSON.parse(text) as { requestId: string }).requestId);
  const expected = Array.from({ length: processes * each }, (_, at) => {
    return `writer${Math.floor(at / each)}-${at % each}`;
  });
  const distinct = new Set(marks);
  const lost = expected.filter((mark) => !distinct.has(mark));
  if (lost.length > 0) problems.push(`${lost.length} events are lost, such as ${lost[0]}`);
  if (marks.length !== distinct.size) {
    problems.push(`${marks.length - distinct.size} events are there twice`);
  }
  const fault = firstChainFault(links);
  if (fault) problems.push(`the chain is wrong at ${fault.seq}: ${fault.fault}`);
  const tree = new CompactRange();
  const nodes: HashedNode[] = [];
  for (const { leafHash } of links) {
    tree.append(leafHash, (node) => {
      if (node.level >= STORED_LEVEL) nodes.push(node);
    });
  }
  problems.push(...(await treeProblems(db, tenantId, nodes)));
  return { problems, events: links.length, nodes: nodes.length };
}

async function linksOf(db: pg.Client, tenantId: string): Promise<ChainLink[]> {
  const { rows } = await db.query<{
    seq: string;
    event: string;
    leaf_hash: Buffer;
    previous_chain_hash: Buffer;
    chain_hash: Buffer;
  }>(
    `select seq, event, leaf_hash, previous_chain_hash, chain_hash from audit_events
      where tenant_id = $1 order by seq`,
    [tenantId],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    text: row.event,
    leafHash: row.leaf_hash,
    previousChainHash: row.previous_chain_hash,
    chainHash: row.chain_hash,
  }));
}

async function treeProblems(
  db: pg.Client,
  tenantId: string,
  nodes: readonly HashedNode[],
): Promise<string[]> {
  const { rows } = await db.query<{ level: number; index: string; hash: Buffer }>(
    "select level, index, hash from audit_tree_nodes where tenant_id = $1",
    [tenantId],
  );
  const stored = new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hash]));
  const wrong = nodes.filter(
    ({ level, index, hash }) => !stored.get(`${level}/${index}`)?.equals(hash),
  );
  if (wrong.length === 0 && stored.size === nodes.length) return [];
  return [`the tree has ${stored.size} nodes, of ${nodes.length} are ${wrong.length} wrong`];
}
