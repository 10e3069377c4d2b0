import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOCK = "postmaster.pid";

/**
 * Clears the lock file that a killed Postgres leaves behind. One that is just ending is waited for.
 * A pid that meanwhile belongs to another program does not count: PostgreSQL itself would refuse to start then.
 * @throws when a living Postgres uses the data directory
 */
export async function clearStaleLock(dataDirectory: string, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const pid = lockHolder(dataDirectory)?.pid;
    if (pid === undefined) return;
    if (!isPostgres(pid)) return rmSync(join(dataDirectory, LOCK), { force: true });
    if (Date.now() > end) {
      throw new Error(
        `${dataDirectory} is in use by the Postgres with pid ${pid}. Stop the other start, or choose another data ` +
          "directory (AIC_DATA_DIR).",
      );
    }
    await sleep(50);
  }
}

/** Who holds the data directory, and whether it takes connections yet. */
export function lockHolder(dataDirectory: string): { pid: number; ready: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(dataDirectory, LOCK), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  // Line 8 is the state that pg_ctl waits for.
  return Number.isInteger(pid) && pid > 0
    ? { pid, ready: lines[7]?.trim() === "ready" }
    : undefined;
}

function isPostgres(pid: number): boolean {
  if (process.platform === "win32") return isAlive(pid);
  const ps = spawnSync("ps", ["-p", String(pid), "-o", "stat=,command="], { encoding: "utf8" });
  if (ps.error) return isAlive(pid);
  const [state = "", ...command] = ps.stdout.trim().split(/\s+/);
  return !state.startsWith("Z") && command.join(" ").includes("postgres");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
