import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What a product may be built of without asking a lawyer, or its customers' lawyers. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
]);

/** Development tools only, by name: why each may stay. An entry that is no longer needed is an error. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  pako: "MIT AND Zlib, both permissive; part of autocannon, which only bench installs",
  "seq-queue":
    "its LICENSE file is the MIT licence, its package.json does not say so; part of Prisma's command line",
};

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

const YES = "allowed";
const NO = "refused";

/** True when an SPDX expression can be satisfied with allowed licences alone. */
export function isAllowed(expression: string): boolean {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner?.[1] !== undefined) {
    return isAllowed(expression.replace(inner[0], isAllowed(inner[1]) ? YES : NO));
  }
  return expression
    .split(/ or /i)
    .some((choice) =>
      choice.split(/ and /i).every((name) => name.trim() === YES || ALLOWED.has(name.trim())),
    );
}

/** Every installed package of the lockfile (other platforms' binaries are not), with the licence that it states. */
function installedPackages(root: string): Installed[] {
  const store = join(root, "node_modules/.pnpm");
  const lockfile = parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) as {
    packages: Record<string, unknown>;
  };
  const manifests = globSync(
    ["*/node_modules/*/package.json", "*/node_modules/@*/*/package.json"],
    { cwd: store },
  );
  const found = new Map<string, Installed>();
  for (const path of manifests) {
    const { name, version, license, licenses } = JSON.parse(
      readFileSync(join(store, path), "utf8"),
    ) as { name?: string; version?: string; license?: unknown; licenses?: unknown };
    // pnpm leaves what is no longer needed in the folder for a while.
    if (!(`${name}@${version}` in lockfile.packages)) continue;
    if (name === undefined || version === undefined) continue;
    found.set(`${name}@${version}`, { name, version, licence: stated(license ?? licenses) });
  }
  return [...found.values()];
}

// Old packages say { type: "MIT" }, or a list of such objects from which one may choose.
function stated(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(stated).join(" OR ");
  if (typeof value === "object" && value !== null && "type" in value) return stated(value.type);
  return "none stated";
}

/** One sentence for each package that may not be here, and for each exception that is not needed. */
export function judgeLicences(
  installed: readonly Installed[],
  exceptions: Readonly<Record<string, string>>,
): string[] {
  const refused = installed.filter(({ licence }) => !isAllowed(licence));
  const needed = new Set(refused.map(({ name }) => name));
  return [
    ...refused
      .filter(({ name }) => exceptions[name] === undefined)
      .map(
        ({ name, version, licence }) =>
          `${name}@${version} is licensed ${licence}: use another package, or, for a development tool, name it with a reason in scripts/licences.ts.`,
      ),
    ...Object.keys(exceptions)
      .filter((name) => !needed.has(name))
      .map((name) => `${name} needs no exception: take it out of scripts/licences.ts.`),
  ];
}

if (import.meta.main) {
  const installed = installedPackages(join(import.meta.dirname, ".."));
  const problems = judgeLicences(installed, EXCEPTIONS);
  for (const problem of problems) console.log(problem);
  console.log(`${installed.length} packages, ${problems.length} problems`);
  process.exitCode = problems.length === 0 && installed.length > 0 ? 0 : 1;
}
