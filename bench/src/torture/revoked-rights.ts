import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { asSuperuser, type Callers, type KeyHolder, withCallers } from "../stage/callers.ts";
import { type Child, freePort, startServer } from "../stage/child.ts";
import { CELL, openStage, type Stage } from "../stage/stage.ts";
import { type Reply, send } from "./client.ts";
import type { Home, Shown, Victim } from "./revocation-kind.ts";
import { KINDS } from "./revocations.ts";
import { workflowSource } from "./writes.ts";

export interface RevocationPlan {
  /** Of each kind. */
  readonly revocations: number;
  readonly servers: number;
  readonly say: (line: string) => void;
}

export interface RevocationOutcome {
  readonly revocations: number;
  readonly kinds: readonly KindOutcome[];
  /** Requests that began after the acknowledgement. */
  readonly askedAfter: number;
  /** Those of them that were let through. Must be none. */
  readonly acceptedAfter: number;
  readonly problems: readonly string[];
}

export interface KindOutcome {
  readonly name: string;
  readonly revocations: number;
  readonly askedAfter: number;
  readonly acceptedAfter: number;
}

const AT_ONCE = 4;
const BYSTANDERS = 4;
const LONGEST_USE_MS = 40;
/** At each server. */
const ASKED_AFTER = 3;
/** Keys are made at most 60 a minute by one principal. */
const VICTIMS_OF_ONE_ADMIN = 40;

interface World {
  readonly workspaceId: string;
  readonly admins: readonly KeyHolder[];
  readonly victims: readonly Victim[];
  readonly bystanders: readonly KeyHolder[];
}

/**
 * Several servers on one database. Somebody uses a right at all of them, without a pause; at one of them it is taken
 * away. No request that begins after the acknowledgement may be let through, at none of them. Under load of others.
 */
export async function revokedRights(plan: RevocationPlan): Promise<RevocationOutcome> {
  const stage = await openStage("torture-revoked");
  const servers: Child[] = [];
  try {
    while (servers.length < plan.servers) {
      servers.push(await serverOn(stage, `server-${servers.length}`));
    }
    const world = await prepare(stage, plan.revocations);
    const load = startBystanders(world, servers);
    const seen = await revokeAll(plan, world, servers);
    await load.stop();
    const problems = seen.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
    const kinds = KINDS.map(({ name }) =>
      outcomeOf(
        name,
        seen.filter((one) => one.kind === name),
      ),
    );
    const { name: _, ...total } = outcomeOf("all", seen);
    return { ...total, kinds, problems: [...problems, ...load.problems()] };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await stage.close();
  }
}

function outcomeOf(name: string, seen: readonly Seen[]): KindOutcome {
  const sum = (count: (one: Seen) => number): number =>
    seen.reduce((total, one) => total + count(one), 0);
  return {
    name,
    revocations: seen.length,
    askedAfter: sum((one) => one.askedAfter),
    acceptedAfter: sum((one) => one.acceptedAfter),
  };
}

async function serverOn(stage: Stage, name: string): Promise<Child> {
  const port = await freePort();
  return startServer({
    configFile: await stage.configFor(port),
    port,
    log: join(stage.folder, `${name}.log`),
  });
}

async function prepare(stage: Stage, revocations: number): Promise<World> {
  return asSuperuser(stage, async (db) => {
    const tenant = await makeTenant(db, CELL);
    const workspace = await makeWorkspace(db, tenant);
    return withCallers(stage, db, async (callers) => {
      const home = { tenant, workspace };
      const victims: Victim[] = [];
      for (let at = 0; at < revocations; at += 1) victims.push(...(await oneOfEach(callers, home)));
      const admins: KeyHolder[] = [];
      while (admins.length * VICTIMS_OF_ONE_ADMIN < victims.length) {
        admins.push(await callers.make(tenant, "WorkspaceAdmin"));
      }
      const bystanders: KeyHolder[] = [];
      while (bystanders.length < BYSTANDERS) {
        bystanders.push(await callers.make(tenant, "Operator", workspace));
      }
      return { workspaceId: workspace.id, admins, victims, bystanders };
    });
  });
}

async function oneOfEach(callers: Callers, home: Home): Promise<Victim[]> {
  const made: Victim[] = [];
  for (const kind of KINDS) made.push({ ...(await kind.make(callers, home)), kind });
  return made;
}

interface Seen {
  readonly kind: string;
  readonly askedAfter: number;
  readonly acceptedAfter: number;
  readonly problem: string | undefined;
}

async function revokeAll(
  plan: RevocationPlan,
  world: World,
  servers: readonly Child[],
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const urls = servers.map((server) => server.url);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let number = next++; number < world.victims.length; number = next++) {
      const victim = world.victims[number];
      const admin = world.admins[number % world.admins.length];
      const revoking = urls[number % urls.length];
      if (!victim || !admin || revoking === undefined) return;
      seen.push(await revokeOne({ world, victim, admin, urls, revoking, number }));
      if (seen.length % 60 === 0) plan.say(`${seen.length} of ${world.victims.length} revoked`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return seen;
}

interface Case {
  readonly world: World;
  readonly victim: Victim;
  readonly admin: KeyHolder;
  /** Where the right is used: everywhere. */
  readonly urls: readonly string[];
  /** Where it is taken away. */
  readonly revoking: string;
  readonly number: number;
}

interface Use {
  readonly startedAt: number;
  readonly reply: Reply;
}

async function revokeOne({ world, victim, admin, urls, revoking, number }: Case): Promise<Seen> {
  const { workspaceId } = world;
  const at = { url: revoking, admin, workspaceId };
  await victim.begin(at);
  const uses: Use[][] = urls.map(() => []);
  let revoked = false;
  const use = async (url: string, mine: Use[]): Promise<void> => {
    for (let left = ASKED_AFTER; left > 0; left -= revoked ? 1 : 0) {
      const startedAt = performance.now();
      const mark = `${number}-${new URL(url).port}-${mine.length}`;
      const reply = await useRight(workspaceId, victim.shown, url, mark, mine.length % 3 === 2);
      mine.push({ startedAt, reply });
    }
  };
  const using = Promise.all(urls.map((url, place) => use(url, uses[place] ?? [])));
  await sleep(Math.random() * LONGEST_USE_MS);
  while (uses.some((mine) => mine.length === 0)) await sleep(1);
  const acknowledged = await victim.revoke(at);
  const acknowledgedAt = performance.now();
  revoked = true;
  await using;
  const after = uses.flat().filter(({ startedAt }) => startedAt > acknowledgedAt);
  const accepted = after.filter(({ reply }) => reply.status === "lost" || reply.status < 400);
  return {
    kind: victim.kind.name,
    askedAfter: after.length,
    acceptedAfter: accepted.length,
    problem: problemOf(victim, acknowledged, uses, after),
  };
}

/** Reads, and every third time writes. */
function useRight(
  workspaceId: string,
  shown: Shown,
  url: string,
  mark: string,
  writes: boolean,
): Promise<Reply> {
  if (!writes) return send(url, { method: "GET", path: `/api/workflows/${workspaceId}`, ...shown });
  const body = { source: workflowSource(`of-${mark}`) };
  return send(url, { method: "POST", path: "/api/workflows", ...shown, workspaceId, body });
}

function problemOf(
  { kind }: Victim,
  acknowledged: Reply,
  uses: readonly (readonly Use[])[],
  after: readonly Use[],
): string | undefined {
  if (acknowledged.status === "lost" || acknowledged.status >= 300)
    return `${kind.name}: the revocation was answered ${JSON.stringify(acknowledged)}`;
  const unused = uses.find(([first]) => first?.reply.status !== 200);
  if (unused)
    return `${kind.name}: the right could not be used before: ${JSON.stringify(unused[0]?.reply)}`;
  if (after.length < uses.length * (ASKED_AFTER - 1))
    return `${kind.name}: only ${after.length} requests began after the acknowledgement`;
  const odd = after.find(
    ({ reply }) => reply.status === "lost" || !kind.refusals.includes(reply.status),
  );
  return (
    odd &&
    `${kind.name}: after the acknowledgement a request was answered ${JSON.stringify(odd.reply).slice(0, 300)}`
  );
}

/** Others who go on with their work, and must not notice. */
function startBystanders(world: World, servers: readonly Child[]) {
  const problems: string[] = [];
  let stopping = false;
  const one = async (holder: KeyHolder, at: number): Promise<void> => {
    const shown = { authorization: holder.authorization };
    while (!stopping) {
      const url = servers[at % servers.length]?.url ?? "";
      const reply = await useRight(world.workspaceId, shown, url, "", false);
      if (reply.status !== 200)
        problems.push(`a bystander was answered ${JSON.stringify(reply).slice(0, 300)}`);
    }
  };
  const all = world.bystanders.map(one);
  return {
    problems: () => problems.slice(0, 5),
    stop: async () => {
      stopping = true;
      await Promise.all(all);
    },
  };
}
