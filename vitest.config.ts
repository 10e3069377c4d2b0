import { globSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** Every folder that holds tests is a project, named after the folder: nothing to register, nothing to forget. */
function foldersWithTests(): string[] {
  const under = (folder: string): string[] =>
    readdirSync(join(root, folder)).map((name) => join(folder, name));
  return [...under("packages"), ...under("apps"), "e2e", "bench", "scripts"].filter(
    (folder) => globSync(TESTS, { cwd: join(root, folder), exclude: IGNORED }).length > 0,
  );
}

const TESTS = "**/*.test.{ts,tsx}";
const IGNORED = ["**/node_modules/**", "**/dist/**", "**/generated/**"];

/** True when a project that will run uses testkit, or all run: only then a Postgres is worth its start. */
function needsPostgres(folders: readonly string[]): boolean {
  const chosen = process.argv.flatMap((argument, at, all) =>
    argument === "--project" ? (all[at + 1] ?? []) : argument.split("--project=").slice(1),
  );
  const running = folders.filter((folder) => chosen.includes(basename(folder)));
  return (
    running.length === 0 ||
    running.some((folder) => {
      const manifest =
        folder === "scripts" ? "" : readFileSync(join(root, folder, "package.json"), "utf8");
      return manifest.includes('"@aic-sos/testkit"');
    })
  );
}

const folders = foldersWithTests();

export default defineConfig({
  test: {
    // One real Postgres for the whole run; each test makes its own databases in it.
    globalSetup: needsPostgres(folders) ? ["packages/testkit/src/global-setup.ts"] : [],
    // Two files at a time, each in a fresh process: packages keep module-level state (open cells, keyrings).
    pool: "forks",
    isolate: true,
    maxWorkers: 2,
    passWithNoTests: false,
    projects: folders.map((folder) => ({
      root: join(root, folder),
      test: {
        name: basename(folder),
        include: [TESTS],
        exclude: IGNORED,
        environment: "node",
        allowOnly: false,
        restoreMocks: true,
        unstubEnvs: true,
        // For what hangs: a machine with other work takes several times as long. A test that needs more says so itself.
        testTimeout: 90_000,
        hookTimeout: 120_000,
        ...(folder === "e2e" ? { testTimeout: 240_000, hookTimeout: 240_000 } : {}),
      },
    })),
  },
});
