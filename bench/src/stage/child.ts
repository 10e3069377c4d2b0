import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment, REPOSITORY } from "../config.ts";
import { pinned } from "../measure/cores.ts";

/** A server in a process of its own. */
export interface Child {
  readonly url: string;
  readonly pid: number;
  /** How long it took to be ready, in milliseconds. */
  readonly readyMs: number;
  /** Processor time used so far, in microseconds; null where the system does not tell. */
  cpuMicros(): number | null;
  /** SIGKILL: nobody is asked. */
  kill9(): Promise<void>;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** Below the repository's root. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  readonly port: number;
  /** Answered with 200 once it can work. */
  readonly readyPath: string;
  /** What it writes goes here. */
  readonly log: string;
  /** Pins it to this core. */
  readonly core?: number;
}

const READY_WITHIN_MS = 60_000;

/** Starts it and waits until it is ready. @throws when it ends before, or is not ready within a minute */
export async function startChild(options: ChildOptions): Promise<Child> {
  const started = performance.now();
  const command = [
    process.execPath,
    ...(options.nodeArgs ?? []),
    options.script,
    ...(options.args ?? []),
  ];
  const [program = "", ...args] = pinned(command, options.core);
  const output = openSync(options.log, "a");
  const child = spawn(program, args, {
    cwd: REPOSITORY,
    env: childEnvironment(options.env ?? {}),
    stdio: ["ignore", output, output],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = `http://127.0.0.1:${options.port}`;
  try {
    await untilReady(child, new URL(options.readyPath, url), options.log);
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    throw error;
  }
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const readyMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    readyMs,
    cpuMicros: () => cpuMicrosOf(pid),
    kill9: end("SIGKILL"),
    stop: end("SIGTERM"),
  };
}

/** proc(5): utime and stime, in ticks of 1/100 s on every Linux that Node runs on. */
function cpuMicrosOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return null;
  }
}

/** The product's server, on a stage. */
export function startServer(input: {
  configFile: string;
  port: number;
  log: string;
  core?: number;
  nodeArgs?: readonly string[];
}): Promise<Child> {
  const { configFile, ...others } = input;
  return startChild({
    script: "apps/server/src/main.ts",
    env: { AIC_CONFIG: configFile },
    readyPath: "/readiness",
    ...others,
  });
}

async function untilReady(child: ChildProcess, url: URL, log: string): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `it ended with ${child.signalCode ?? child.exitCode} before it was ready; see ${log}`,
      );
    }
    const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
    await sleep(15);
  }
  throw new Error(`it was not ready within ${READY_WITHIN_MS / 1000} s; see ${log}`);
}
