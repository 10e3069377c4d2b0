import { existsSync, globSync, readdirSync } from "node:fs";
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

// One real Postgres for the whole run; each test makes its own databases or tenants in it.
const globalSetup = join(root, "packages/testkit/src/global-setup.ts");

export default defineConfig({
  test: {
    globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
    // Two files at a time, each in a fresh process: packages keep module-level state (open cells, keyrings).
    pool: "forks",
    isolate: true,
    maxWorkers: 2,
    passWithNoTests: false,
    projects: foldersWithTests().map((folder) => ({
      root: join(root, folder),
      test: {
        name: basename(folder),
        include: [TESTS],
        exclude: IGNORED,
        environment: "node",
        allowOnly: false,
        restoreMocks: true,
        unstubEnvs: true,
        // A test that needs longer on two busy cores says so itself, beside its reason.
        testTimeout: 15_000,
        hookTimeout: 60_000,
        ...(folder === "e2e" ? { testTimeout: 240_000, hookTimeout: 240_000 } : {}),
      },
    })),
  },
});
