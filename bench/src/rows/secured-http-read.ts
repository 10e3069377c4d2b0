import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { freePort } from "@aic-sos/devstack/free-port";
import { alternate, type Contender } from "../measure/alternate.ts";
import { SERVER_CORE } from "../measure/cores.ts";
import { load } from "../measure/load.ts";
import type { Row } from "../measure/report.ts";
import { type Child, startChild, startServer } from "../stage/child.ts";
import type { Filled } from "../stage/fill.ts";
import type { Stage } from "../stage/stage.ts";

const CONNECTIONS = 64;
const FLOOR = 1;
const AIM = 3;

/** How long and how often; `profile` writes a CPU profile of our server into this folder. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
  /** Only rows with this in their title. */
  readonly only: string;
  readonly profile?: string;
}

/**
 * The whole way of a secured read over HTTP, against the same rows by a server that secures nothing. Each has the
 * server's core to itself during its round; the other one waits.
 */
export async function securedHttpRead(
  stage: Stage,
  filled: Filled,
  effort: Effort,
): Promise<readonly Row[]> {
  const ours = await startOurs(stage, effort);
  const theirs = await startTheirs(stage);
  try {
    const headers = { authorization: filled.reader.authorization };
    const rows: Row[] = [];
    for (const { title, path } of reads(filled).filter((one) => one.title.includes(effort.only))) {
      await sameAnswer(`${ours.url}${path}`, headers, `${theirs.url}${path}`);
      const [secured, plain] = await alternate(
        [
          contender("secured", { child: ours, path, headers }, effort.seconds),
          contender("bare", { child: theirs, path }, effort.seconds),
        ],
        effort.rounds,
      );
      if (secured && plain)
        rows.push({ title, ours: secured, contender: plain, floor: FLOOR, aim: AIM });
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

function reads({ workspace }: Filled): readonly { title: string; path: string }[] {
  const address = (procedure: string, input: object): string =>
    `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  return [
    {
      title: "HTTP: one workspace",
      path: address("workspace.read", { workspaceId: workspace.id }),
    },
    { title: "HTTP: 20 workspaces", path: address("workspace.list", { limit: 20 }) },
    {
      title: "HTTP: 20 workflows, version, publications",
      path: address("workflow.list", { workspaceId: workspace.id, limit: 20 }),
    },
  ];
}

interface Target {
  readonly child: Child;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function contender(
  name: string,
  { child, path, headers = {} }: Target,
  seconds: number,
): Contender {
  const target = { url: `${child.url}${path}`, headers, cpuMicros: () => child.cpuMicros() };
  return { name, round: () => load({ ...target, connections: CONNECTIONS, seconds }) };
}

/** Before anything is measured: both answer the same rows in the same shape. */
async function sameAnswer(
  ours: string,
  headers: Record<string, string>,
  theirs: string,
): Promise<void> {
  const [one, other] = await Promise.all([answerOf(ours, headers), answerOf(theirs, {})]);
  if (isDeepStrictEqual(one, other)) return;
  throw new Error(
    `the contenders answer differently:\n${JSON.stringify(one)}\n${JSON.stringify(other)}`,
  );
}

async function answerOf(url: string, headers: Record<string, string>): Promise<unknown> {
  const response = await fetch(url, { headers });
  const body: unknown = await response.json();
  if (response.status === 200) return body;
  throw new Error(`${new URL(url).pathname} answers ${response.status}: ${JSON.stringify(body)}`);
}

async function startOurs(stage: Stage, { profile }: Effort): Promise<Child> {
  const port = await freePort();
  return startServer({
    configFile: await stage.configFor(port),
    port,
    log: join(stage.folder, "server.log"),
    core: SERVER_CORE,
    nodeArgs: profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`],
  });
}

async function startTheirs(stage: Stage): Promise<Child> {
  const port = await freePort();
  return startChild({
    script: "bench/src/contender.ts",
    args: [String(port), stage.superuserUrl],
    port,
    readyPath: "/readiness",
    log: join(stage.folder, "contender.log"),
    core: SERVER_CORE,
  });
}
