import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { asSuperuser, type KeyHolder, withCallers } from "../stage/callers.ts";
import { type Child, freePort, startServer } from "../stage/child.ts";
import { CELL, openStage, type Stage } from "../stage/stage.ts";
import { type Reply, send } from "./client.ts";
import { workflowSource } from "./writes.ts";

export interface RevocationPlan {
  readonly revocations: number;
  readonly say: (line: string) => void;
}

export interface RevocationOutcome {
  readonly revocations: number;
  /** Requests that began after the acknowledgement. */
  readonly askedAfter: number;
  /** Those of them that were let through. Must be none. */
  readonly acceptedAfter: number;
  readonly problems: readonly string[];
}

const AT_ONCE = 4;
const BYSTANDERS = 4;
const LONGEST_USE_MS = 40;
const ASKED_AFTER = 6;

interface World {
  readonly workspaceId: string;
  readonly admin: KeyHolder;
  readonly victims: readonly KeyHolder[];
  readonly bystanders: readonly KeyHolder[];
}

/**
 * Two servers on one database. Somebody uses a right at one of them, without a pause; at the other one an administrator
 * takes it away. No request that begins after the administrator's answer may be let through. Under load of others.
 */
export async function revokedRights(plan: RevocationPlan): Promise<RevocationOutcome> {
  const stage = await openStage("torture-revoked");
  const servers: Child[] = [];
  try {
    for (const name of ["one", "other"]) servers.push(await serverOn(stage, name));
    const world = await prepare(stage, plan.revocations);
    const load = startBystanders(world, servers);
    const seen = await revokeAll(plan, world, servers);
    await load.stop();
    const problems = seen.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
    const sum = (count: (one: Seen) => number): number =>
      seen.reduce((total, one) => total + count(one), 0);
    return {
      revocations: seen.length,
      askedAfter: sum((one) => one.askedAfter),
      acceptedAfter: sum((one) => one.acceptedAfter),
      problems: [...problems, ...load.problems()],
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await stage.close();
  }
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
      const operators = async (count: number): Promise<KeyHolder[]> => {
        const made: KeyHolder[] = [];
        while (made.length < count) made.push(await callers.make(tenant, "Operator", workspace));
        return made;
      };
      return {
        workspaceId: workspace.id,
        admin: await callers.make(tenant, "WorkspaceAdmin"),
        victims: await operators(revocations),
        bystanders: await operators(BYSTANDERS),
      };
    });
  });
}

interface Seen {
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
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < world.victims.length; at = next++) {
      const victim = world.victims[at];
      // Either server takes its turn at each part.
      const [used, revoking] = at % 2 === 0 ? servers : servers.toReversed();
      if (!victim || !used || !revoking) return;
      seen.push(
        await revokeOne({ world, victim, used: used.url, revoking: revoking.url, number: at }),
      );
      if (seen.length % 20 === 0) plan.say(`${seen.length} of ${plan.revocations} revoked`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return seen;
}

interface Case {
  readonly world: World;
  readonly victim: KeyHolder;
  /** Where the right is used. */
  readonly used: string;
  /** Where it is taken away. */
  readonly revoking: string;
  readonly number: number;
}

async function revokeOne({ world, victim, used, revoking, number }: Case): Promise<Seen> {
  const uses: { startedAt: number; reply: Reply }[] = [];
  let left = Number.POSITIVE_INFINITY;
  const use = async (): Promise<void> => {
    for (; left > 0; left -= 1) {
      const startedAt = performance.now();
      uses.push({
        startedAt,
        reply: await useRight(
          world,
          victim,
          used,
          `${number}-${uses.length}`,
          uses.length % 3 === 2,
        ),
      });
    }
  };
  const using = use();
  await sleep(Math.random() * LONGEST_USE_MS);
  while (uses.length === 0) await sleep(1);
  const revoked = await send(revoking, {
    method: "DELETE",
    path: `/api/role-bindings/${victim.bindingId}`,
    authorization: world.admin.authorization,
    workspaceId: world.workspaceId,
  });
  const acknowledgedAt = performance.now();
  left = ASKED_AFTER;
  await using;
  const after = uses.filter(({ startedAt }) => startedAt > acknowledgedAt);
  return {
    askedAfter: after.length,
    acceptedAfter: after.filter(({ reply }) => reply.status === "lost" || reply.status < 400)
      .length,
    problem: problemOf(revoked, uses[0]?.reply, after),
  };
}

/** Reads, and every third time writes. */
function useRight(
  world: World,
  { authorization }: KeyHolder,
  url: string,
  mark: string,
  writes: boolean,
): Promise<Reply> {
  const { workspaceId } = world;
  if (!writes)
    return send(url, { method: "GET", path: `/api/workflows/${workspaceId}`, authorization });
  const body = { source: workflowSource(`of-${mark}`) };
  return send(url, { method: "POST", path: "/api/workflows", authorization, workspaceId, body });
}

function problemOf(
  revoked: Reply,
  first: Reply | undefined,
  after: readonly { reply: Reply }[],
): string | undefined {
  if (revoked.status !== 200) return `the revocation was answered ${JSON.stringify(revoked)}`;
  if (first?.status !== 200) return `the right could not be used before: ${JSON.stringify(first)}`;
  if (after.length < ASKED_AFTER - 1)
    return `only ${after.length} requests began after the acknowledgement`;
  const odd = after.find(({ reply }) => reply.status !== 404 && reply.status !== 403);
  return (
    odd &&
    `after the acknowledgement a request was answered ${JSON.stringify(odd.reply).slice(0, 300)}`
  );
}

/** Others who go on with their work, and must not notice. */
function startBystanders(world: World, servers: readonly Child[]) {
  const problems: string[] = [];
  let stopping = false;
  const one = async (holder: KeyHolder, at: number): Promise<void> => {
    while (!stopping) {
      const url = servers[at % servers.length]?.url ?? "";
      const reply = await useRight(world, holder, url, "", false);
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
