import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { REPOSITORY } from "./config.ts";
import { type DevFile, readDevFile } from "./dev-file.ts";

/** A server as `pnpm start` runs it, but for the build: embedded Postgres, development identity provider, demo data. */
export interface TestServer {
  readonly dev: DevFile;
  /** Until `/readiness` said 200 and the demo data was there, in seconds. */
  readonly readySeconds: number;
  /** The server and every process below it. */
  processes(): readonly number[];
  /** What Ctrl-C sends, and waits for the end. @returns the exit code */
  interrupt(): Promise<number | null>;
}

const READY_WITHIN_SECONDS = 150;

/** A data directory of a test's own, inside the repository's, where browser and Postgres may run. */
export function makeDataDir(): { readonly dataDir: string; remove(): void } {
  const parent = join(REPOSITORY, ".data");
  mkdirSync(parent, { recursive: true });
  const dataDir = mkdtempSync(join(parent, "e2e-"));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Starts the server on free ports. */
export async function startServer(dataDir: string): Promise<TestServer> {
  const started = performance.now();
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: REPOSITORY,
    env: {
      ...withoutSettings(process.env),
      AIC_DATA_DIR: dataDir,
      PORT: "0",
      AIC_LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = `${output}${chunk.toString("utf8")}`.slice(-20_000);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const interrupt = async (): Promise<number | null> => {
    child.kill("SIGINT");
    return ended;
  };
  try {
    const dev = await untilReady(child, dataDir, () => output);
    const readySeconds = (performance.now() - started) / 1000;
    return { dev, readySeconds, processes: () => familyOf(child.pid ?? 0), interrupt };
  } catch (error) {
    await interrupt();
    throw error;
  }
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { AIC_CONFIG: _, NODE_ENV: __, VITEST: ___, ...others } = env;
  return others;
}

/** The summary with the platform key is the last thing that a start prints. */
async function untilReady(
  child: ChildProcess,
  dataDir: string,
  output: () => string,
): Promise<DevFile> {
  const end = performance.now() + READY_WITHIN_SECONDS * 1000;
  while (performance.now() < end && child.exitCode === null && child.signalCode === null) {
    const dev = await readDevFile(dataDir).catch(() => undefined);
    if (dev !== undefined && output().includes(dev.platformKey)) {
      const { status } = await fetch(new URL("/readiness", dev.url));
      if (status === 200) return dev;
    }
    await sleep(50);
  }
  throw new Error(`the server did not become ready:\n${output()}`);
}

/** A process and all that descend from it, from `/proc`; elsewhere only itself. */
function familyOf(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of listOf("/proc")) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(name));
  }
  const family = [root];
  for (const member of family) {
    for (const [pid, parent] of parents) if (parent === member) family.push(pid);
  }
  return family;
}

/** Those of `pids` that are still there (and are not merely waiting to be noticed by their parent). */
export function stillRunning(pids: readonly number[]): readonly number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  });
}

function listOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** proc(5): pid (name) state parent …; a name may hold anything, so what follows the last parenthesis counts. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}
