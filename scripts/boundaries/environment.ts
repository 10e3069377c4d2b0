import type { Rule } from "./rule.ts";

/** Who may read the environment. One file an app; the list is here so that adding to it is seen in review. */
const READERS = new Set([
  "apps/server/src/config.ts",
  "apps/dev-idp/src/config.ts",
  "bench/src/config.ts",
  "e2e/src/config.ts",
  "packages/db/prisma.config.ts",
]);

/** Settings are read once, checked once, and handed on typed. The repository's own scripts and tests are free. */
export const environmentOnlyInConfig: Rule = {
  id: "environment-only-in-config",
  because:
    "process.env is read in config.ts only, so that every setting is checked at start and found in one place: take the value as a parameter.",
  check: ({ files }) =>
    files
      .filter(({ path, isTest }) => !READERS.has(path) && !isTest && !path.startsWith("scripts/"))
      .flatMap(({ path, uses, imports }) => [
        ...uses
          .filter(({ name }) => /^process\.env(?:\.|$)/.test(name))
          .map(({ name, line }) => ({ path, line, what: `reads ${name}` })),
        ...imports
          .filter(({ specifier }) => specifier === "node:process")
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
