import type { Rule } from "./rule.ts";

/** Who may read the environment, and why besides an app's config.ts. Adding to the list is seen in review. */
const READERS: Readonly<Record<string, string>> = {
  "apps/server/src/config.ts": "the server's settings",
  "apps/dev-idp/src/config.ts": "the dev IdP's settings",
  "bench/src/config.ts": "the benchmark's settings",
  "e2e/src/config.ts": "the exit gate's settings",
  "packages/db/src/bootstrap.cli.ts":
    "a command line: passwords must not be arguments, which everybody sees",
  "packages/devstack/src/postgres.ts": "gives the child PATH, and none of our secrets",
  "packages/devstack/src/refuse-in-production.ts": "the last guard must not depend on a caller",
};

/** Settings are read once, checked once, and handed on typed. The repository's own scripts and tests are free. */
export const environmentOnlyInConfig: Rule = {
  id: "environment-only-in-config",
  because:
    "process.env is read in config.ts only, so that every setting is checked at start and found in one place: take the value as a parameter.",
  check: ({ files }) =>
    files
      .filter(({ path, isTest }) => !(path in READERS) && !isTest && !path.startsWith("scripts/"))
      .flatMap(({ path, uses, imports }) => [
        ...uses
          .filter(({ name }) => /^process\.env(?:\.|$)/.test(name))
          .map(({ name, line }) => ({ path, line, what: `reads ${name}` })),
        ...imports
          // Under another name it could hide a process.env; a command line needs its streams.
          .filter(({ specifier }) => specifier === "node:process" && !path.endsWith(".cli.ts"))
          .map(({ line }) => ({ path, line, what: "imports node:process" })),
      ])
      .filter(once),
};

/** `process.env.NAME` is both `process.env` and `process.env.NAME`: one violation a line is enough. */
function once(
  { path, line }: { path: string; line: number },
  position: number,
  all: readonly { path: string; line: number }[],
): boolean {
  return all.findIndex((other) => other.path === path && other.line === line) === position;
}
