import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { RegionsFile } from "../src/config.ts";
import type { Harness } from "./harness.ts";

/** A server in a process of its own. */
export interface Replica {
  readonly url: string;
  /** Of client certificates, where the configuration has that port. */
  readonly mtlsPort: number | undefined;
  /** What its log has said so far, a line each. */
  readonly log: readonly LogLine[];
  stop(): Promise<void>;
  /** As `kill -9` does it: nothing is finished, nothing closed. */
  kill(): Promise<void>;
}

interface LogLine {
  readonly msg?: string;
  readonly port?: number;
  readonly mtlsPort?: number;
  /** Of `database migrated`: how many migrations it applied itself. */
  readonly applied?: number;
  readonly region?: string;
}

const ROTATE = fileURLToPath(new URL("../src/rotate-checkpoint-key.cli.ts", import.meta.url));
const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Another replica over the harness's cells. */
export function startSecondServer(harness: Harness): Promise<Replica> {
  const { demoPeople: _d, version: _v, ...config } = harness.config;
  return startReplica(config);
}

/**
 * Runs `rotate-checkpoint-key.cli.ts` as an operator does, beside the harness's server.
 * @returns its exit code
 */
export function rotateCheckpointKeyOf(harness: Harness, region: string): Promise<number | null> {
  const { demoPeople: _d, version: _v, ...config } = harness.config;
  return withConfigFile(config, async (env) => {
    const child = spawn(process.execPath, [ROTATE, region], { env, stdio: "inherit" });
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  });
}

async function withConfigFile<T>(
  config: RegionsFile,
  use: (env: Record<string, string | undefined>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "aic-config-"));
  try {
    const file = join(folder, "regions.yaml");
    await writeFile(file, stringify(config));
    return await use({ PATH: process.env["PATH"], AIC_CONFIG: file, NODE_ENV: "production" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts `main.ts` with a configuration file, as production does, on a port of its own. */
export async function startReplica(config: RegionsFile): Promise<Replica> {
  const folder = await mkdtemp(join(tmpdir(), "aic-second-"));
  const file = join(folder, "regions.yaml");
  await writeFile(
    file,
    stringify({ ...config, listen: { ...config.listen, host: "127.0.0.1", port: 0 } }),
  );
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env["PATH"], AIC_CONFIG: file, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const log: LogLine[] = [];
  const port = await readyPort(child, log);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    // Its exit is over then: to wait for it would be to wait for ever.
    const ended = child.exitCode ?? child.signalCode;
    if (ended !== null) throw new Error(`the server had ended by itself: ${ended}`);
    child.kill(signal);
    await once(child, "exit");
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `http://localhost:${port}`,
    mtlsPort: log.find(({ msg }) => msg === "ready")?.mtlsPort,
    log,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** The port in the line `ready` of its log. */
function readyPort(child: ChildProcess, log: LogLine[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) return reject(new Error("the server has no output"));
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text) as LogLine;
      log.push(line);
      if (line.msg === "ready" && line.port !== undefined) resolve(line.port);
    });
  });
}
