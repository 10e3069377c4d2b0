import { fstatSync } from "node:fs";

/**
 * Calls back once when the process that started this one is gone: its IPC channel or its end of
 * our standard input closes. A terminal, a file or `/dev/null` as standard input says nothing about
 * a parent, so those are left alone.
 */
export function onParentGone(end: () => void): void {
  if (process.connected) process.once("disconnect", end);
  if (!stdinIsPipe()) return;
  process.stdin.once("end", end).once("error", end).resume();
}

function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false; // closed from the start
  }
}
