import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Harness } from "./harness.ts";
import type { Caller } from "./http-caller.ts";

const CLI = fileURLToPath(new URL("../../../packages/audit/src/verify.cli.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs `aic-sos-audit` as an auditor does, in a process of its own. */
export function auditCommand(...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", reject).once("exit", (code) => resolve({ code, output }));
  });
}

/** Waits until a checkpoint covers event `seq`. Answers the log's keys. */
export async function coveredUpTo(auditor: Caller, seq: number): Promise<string[]> {
  await expect
    .poll(
      async () => {
        const { body } = await auditor.get("/api/audit/status?tenantWide=true");
        return (body as { checkpoint: { size: number } | null }).checkpoint?.size ?? 0;
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBeGreaterThanOrEqual(seq);
  const { body } = await auditor.get("/api/audit/keys?tenantWide=true");
  return (body as { keys: string[] }).keys;
}

/** The files that left the database. */
export function checkpointFolder(harness: Harness, region: string, tenantId: string): string {
  return join(harness.config.regions[region]?.checkpoints.directory ?? "", tenantId);
}

/** Every exported note of a tenant. */
export async function exportedNotes(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).toSorted();
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}

/** A folder for files, gone when `use` is done. */
export async function withFolder<T>(
  use: (write: (name: string, text: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "aic-evidence-"));
  try {
    return await use(async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
