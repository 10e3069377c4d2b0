import { type ChildProcess, spawn } from "node:child_process";

// Reads until its stdin ends, which happens when we end, however we end; then asks Postgres for a fast shutdown.
const SCRIPT = 'read -r _; kill -INT "$1" 2>/dev/null';

/**
 * Sees to it that Postgres does not outlive this process, not even a `kill -9` of it. A shell in a session of its own
 * waits for the end of a pipe that only we hold.
 * @returns a function that calls the watchdog off, once Postgres has ended
 */
export function watchOver(pid: number): () => void {
  if (process.platform === "win32") return () => {};
  const watchdog: ChildProcess = spawn("sh", ["-c", SCRIPT, "postgres-watchdog", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  // The pipe must not keep the event loop alive either, and breaks when the watchdog is killed.
  const pipe = watchdog.stdin;
  if (pipe && "unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  pipe?.on("error", () => {});
  return () => void watchdog.kill("SIGKILL");
}
