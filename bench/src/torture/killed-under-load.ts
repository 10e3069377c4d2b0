import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@aic-sos/devstack/free-port";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { asSuperuser, withCallers } from "../stage/callers.ts";
import { type Child, startServer } from "../stage/child.ts";
import { CELL, openStage, type Stage } from "../stage/stage.ts";
import { type Reply, send, sendUntilAnswered } from "./client.ts";
import { type Acknowledged, judge, type Verdict } from "./judge.ts";
import { makeWrite, type Write, type Writer, workflowSource } from "./writes.ts";

export interface KillPlan {
  readonly kills: number;
  /** Clients that write at once. */
  readonly writers: number;
  readonly say: (line: string) => void;
}

export interface KillOutcome extends Verdict {
  readonly kills: number;
  readonly acknowledged: number;
  /** Writes that were sent more than once with their key, since the first answer was lost. */
  readonly repeated: number;
}

/** A server lives until it has acknowledged at most so many writes: killed in the midst of its work, never before it began. */
const LONGEST_LIFE = 60;

/**
 * Kills the server with SIGKILL while clients write; they send again, with the same idempotency key, until they have an
 * answer. Then: what was acknowledged is there once, with its decision and its change in a log whose chain verifies.
 */
export async function killedUnderLoad(plan: KillPlan): Promise<KillOutcome> {
  const stage = await openStage("torture-killed");
  const port = await freePort();
  const start = async (): Promise<Child> =>
    startServer({
      configFile: await stage.configFor(port),
      port,
      log: join(stage.folder, "server.log"),
    });
  let server = await start();
  try {
    const writer = await prepare(stage, server.url);
    const load = startLoad(writer, server.url, plan.writers);
    for (let kill = 1; kill <= plan.kills; kill += 1) {
      await load.reaches(load.done() + 1 + Math.floor(Math.random() * LONGEST_LIFE));
      await server.kill9();
      server = await start();
      plan.say(
        `kill ${kill} of ${plan.kills}: back after ${Math.round(server.readyMs)} ms, ${load.done()} acknowledged`,
      );
    }
    const { acknowledged, repeated, refused } = await load.stop();
    const verdict = await asSuperuser(stage, (db) => judge(db, acknowledged));
    const problems = [...refused, ...verdict.problems];
    return { ...verdict, problems, kills: plan.kills, acknowledged: acknowledged.length, repeated };
  } finally {
    await server.stop();
    await stage.close();
  }
}

/** A tenant, a key that may write, and a published workflow to make runs of. */
async function prepare(stage: Stage, url: string): Promise<Writer> {
  const { authorization, workspaceId } = await asSuperuser(stage, async (db) => {
    const tenant = await makeTenant(db, CELL);
    const workspace = await makeWorkspace(db, tenant);
    const holder = await withCallers(stage, db, (callers) =>
      callers.make(tenant, "WorkspaceAdmin"),
    );
    return { authorization: holder.authorization, workspaceId: workspace.id };
  });
  const post = (path: string, body: object): Promise<Reply> =>
    send(url, { method: "POST", path, authorization, workspaceId, body });
  const workflowId = idOf(await post("/api/workflows", { source: workflowSource("to-be-run") }));
  const published = await post(`/api/workflows/${workflowId}/publish`, {});
  if (published.status !== 200) throw new Error(`publishing: ${JSON.stringify(published)}`);
  return { authorization, region: CELL.region, workspaceId, workflowId };
}

function idOf(reply: Reply): string {
  if (reply.status === 201) return (reply.body as { id: string }).id;
  throw new Error(`expected 201: ${JSON.stringify(reply)}`);
}

function startLoad(writer: Writer, url: string, writers: number) {
  const acknowledged: Acknowledged[] = [];
  const refused: string[] = [];
  let repeated = 0;
  let next = 0;
  let stopping = false;
  const one = async (write: Write): Promise<void> => {
    const { reply, attempts } = await sendUntilAnswered(url, write.request);
    if (attempts > 1) repeated += 1;
    if (reply.status === 201) acknowledged.push({ ...write, id: idOf(reply) });
    else
      refused.push(
        `${write.kind} ${write.mark} was answered ${JSON.stringify(reply)} at attempt ${attempts}`,
      );
  };
  const client = async (): Promise<void> => {
    while (!stopping) {
      next += 1;
      await one(makeWrite(writer, next));
    }
  };
  const clients = Array.from({ length: writers }, client);
  return {
    done: () => acknowledged.length,
    reaches: async (count: number) => {
      while (acknowledged.length < count && refused.length === 0) await sleep(2);
    },
    stop: async () => {
      stopping = true;
      await Promise.all(clients);
      return { acknowledged, repeated, refused };
    },
  };
}
