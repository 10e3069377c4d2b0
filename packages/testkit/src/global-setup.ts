import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bootstrapRoles, DATABASE_ROLES } from "@aic-sos/db/bootstrap";
import { migrate } from "@aic-sos/db/migrate";
import { startPostgres } from "@aic-sos/devstack/postgres";
import type { TestProject } from "vitest/node";
import { TEST_CELLS, type TestPostgres } from "./test-postgres.ts";

const DATA = join(import.meta.dirname, "../../../.data");
const PASSWORDS = Object.fromEntries(DATABASE_ROLES.map((role) => [role, `test-${role}`]));

/**
 * Vitest's global setup: one real Postgres for the whole run, and in it one migrated database per cell that `freshCells` copies. It never
 * waits for the disk, and its folder goes with it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  const dataDir = join(DATA, `test-${process.pid}`);
  const postgres = await startPostgres({
    dataDir,
    unsafe: true,
    settings: { max_connections: "300" },
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    project.provide("aicPostgres", await makeTemplates(postgres.superuserUrl()));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function makeTemplates(superuserUrl: string): Promise<TestPostgres> {
  const cells = Object.values(TEST_CELLS);
  const urls = await bootstrapRoles(
    superuserUrl,
    cells.map((cell) => cell.template),
    PASSWORDS,
  );
  for (const cell of cells) await migrate(urls[cell.template]?.owner ?? "", cell);
  return { superuserUrl, passwords: PASSWORDS };
}

/** Folders of runs that were killed; their Postgres ended with them. */
function removeLeftovers(): void {
  mkdirSync(DATA, { recursive: true });
  for (const name of readdirSync(DATA)) {
    const pid = Number(/^test-(\d+)/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(DATA, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
