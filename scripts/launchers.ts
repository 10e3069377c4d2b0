import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const PACKAGE_MANAGER = /^(?:\S*\/)?(?:node\S* )?(?:\S*\/)?(?:npm|npx|pnpm)[^/\s]*(?:\s|$)/;
const SHELL = /^(?:\S*\/)?(?:sh|bash|dash) -c/;

/**
 * The package managers that a process was started through, such as `npx` → `pnpm`, with the shells
 * between them. A shell above them belongs to the user and is none of them.
 */
export function launchersOf(pid: number, processes: readonly Process[]): number[] {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const launchers: number[] = [];
  let between: number[] = [];
  let next = byPid.get(byPid.get(pid)?.parent ?? 0);
  while (next !== undefined && next.pid > 1) {
    if (PACKAGE_MANAGER.test(next.command)) {
      launchers.push(...between, next.pid);
      between = [];
    } else if (SHELL.test(next.command)) between.push(next.pid);
    else break;
    next = byPid.get(next.parent);
  }
  return launchers;
}

/**
 * Ends this process, in order, once a package manager that it was started through is gone: a killed
 * `npx` does not tell `pnpm`, and a killed `pnpm` does not tell us.
 */
export function endWithLaunchers(everyMs = 500): void {
  if (process.platform === "win32") return;
  const launchers = launchersOf(process.pid, listProcesses());
  if (launchers.length === 0) return;
  const watch = setInterval(() => {
    if (launchers.every(isAlive)) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, everyMs);
  watch.unref();
}

/** From `/proc` where there is one: small Linux images have no `ps`. */
function listProcesses(): Process[] {
  if (existsSync("/proc/self/stat")) return readdirSync("/proc").flatMap(readProcess);
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

function readProcess(pid: string): Process[] {
  if (!/^\d+$/.test(pid)) return [];
  try {
    // "pid (name, which may hold anything) state parent …"
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return [{ pid: Number(pid), parent: Number(parent), command }];
  } catch {
    return []; // has ended meanwhile
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
