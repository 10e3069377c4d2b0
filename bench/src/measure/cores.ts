import { execFileSync, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The core of the server that is measured, and the one of everything else: load, database. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

const canPin =
  availableParallelism() >= 2 && spawnSync("taskset", ["-V"], { stdio: "ignore" }).status === 0;

/** The command on one core, where the machine can do that. */
export function pinned(command: readonly string[], core: number | undefined): readonly string[] {
  return core === undefined || !canPin ? command : ["taskset", "-c", String(core), ...command];
}

/** Moves this process, and what it starts from now on, to one core. @returns false where the machine cannot */
export function pinThisProcess(core: number): boolean {
  if (!canPin) return false;
  execFileSync("taskset", ["-a", "-c", "-p", String(core), String(process.pid)], {
    stdio: "ignore",
  });
  return true;
}
