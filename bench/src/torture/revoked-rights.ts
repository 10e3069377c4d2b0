import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@aic-sos/devstack/free-port";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { asSuperuser, type Callers, type KeyHolder, withCallers } from "../stage/callers.ts";
import { type Child, startServer } from "../stage/child.ts";
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
/** Of each kind. A CA that goes has the epochs of all its tenant's services rise: thousands would make that the only work. */
const REVOCATIONS_OF_ONE_TENANT = 25;

/** A tenant and who is in it. */
interface Site {
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
    const cases = await prepare(stage, plan.revocations);
    const load = startBystanders(cases[0], servers);
    const seen = await revokeAll(plan, cases, servers, load.moveTo);
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

async function prepare(stage: Stage, revocations: number): Promise<readonly Planned[]> {
  return asSuperuser(stage, async (db) => {
    const planned: Planned[] = [];
    for (let left = revocations; left > 0; left -= REVOCATIONS_OF_ONE_TENANT) {
      const tenant = await makeTenant(db, CELL);
      const workspace = await makeWorkspace(db, tenant);
      const some = Math.min(left, REVOCATIONS_OF_ONE_TENANT);
      const site = await withCallers(stage, db, (callers) =>
        makeSite(callers, { tenant, workspace }, some),
      );
      planned.push(...site.victims.map((victim, at) => plannedAt(site, victim, at)));
    }
    return planned;
  });
}

async function makeSite(callers: Callers, home: Home, revocations: number): Promise<Site> {
  const { tenant, workspace } = home;
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
}

function plannedAt(site: Site, victim: Victim, at: number): Planned {
  const admin = site.admins[at % site.admins.length];
  if (!admin) throw new TypeError("a site has administrators");
  return { site, victim, admin };
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
  planned: readonly Planned[],
  servers: readonly Child[],
  moveTo: (site: Site) => void,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const urls = servers.map((server) => server.url);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let number = next++; number < planned.length; number = next++) {
      const one = planned[number];
      const revoking = urls[number % urls.length];
      if (!one || revoking === undefined) return;
      moveTo(one.site);
      seen.push(await revokeOne({ ...one, urls, revoking, number }));
      if (seen.length % 60 === 0) plan.say(`${seen.length} of ${planned.length} revoked`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return seen;
}

/** Whose right goes, and who takes it. */
interface Planned {
  readonly site: Site;
  readonly victim: Victim;
  readonly admin: KeyHolder;
}

interface Case extends Planned {
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

async function revokeOne({ site, victim, admin, urls, revoking, number }: Case): Promise<Seen> {
  const { workspaceId } = site;
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

/** Others of the same tenant, who go on with their work and must not notice. */
function startBystanders(first: Planned | undefined, servers: readonly Child[]) {
  const problems: string[] = [];
  let site = first?.site;
  let stopping = false;
  const one = async (at: number): Promise<void> => {
    while (!stopping) {
      const holder = site?.bystanders[at];
      const url = servers[at % servers.length]?.url;
      if (!site || !holder || url === undefined) return;
      const shown = { authorization: holder.authorization };
      const reply = await useRight(site.workspaceId, shown, url, "", false);
      if (reply.status !== 200)
        problems.push(`a bystander was answered ${JSON.stringify(reply).slice(0, 300)}`);
    }
  };
  const all = Array.from({ length: BYSTANDERS }, (_, at) => one(at));
  return {
    moveTo: (other: Site) => {
      site = other;
    },
    problems: () => problems.slice(0, 5),
    stop: async () => {
      stopping = true;
      await Promise.all(all);
    },
  };
}
