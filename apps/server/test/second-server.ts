import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Harness } from "./harness.ts";

/** Another replica over the same cells, in a process of its own. */
export interface SecondServer {
  readonly url: string;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Starts `main.ts` with a configuration file, as production does. */
export async function startSecondServer(harness: Harness): Promise<SecondServer> {
  const folder = await mkdtemp(join(tmpdir(), "aic-second-"));
  const file = join(folder, "regions.yaml");
  const { demoPeople: _d, version: _v, ...config } = harness.config;
  await writeFile(file, stringify({ ...config, listen: { host: "127.0.0.1", port: 0 } }));
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env["PATH"], AIC_CONFIG: file, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await readyPort(child);
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The port in the line `ready` of its log. */
function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the second server ended with ${code}`)));
    if (!child.stdout) return reject(new Error("the second server has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { msg, port } = JSON.parse(line) as { msg?: string; port?: number };
      if (msg === "ready" && port !== undefined) resolve(port);
    });
  });
}
