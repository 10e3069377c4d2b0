import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { REPOSITORY } from "../../config.ts";
import type { Edit, Guard, Sql } from "./guard.ts";

/** What is not source, and what is large. */
const LEFT_OUT = new Set([".git", ".data", ".turbo", "dist", "node_modules", "test-results"]);
const MIGRATION = "packages/db/prisma/migrations/29991231235959_without_a_guard";

/** A copy of the sources in which guards can be taken away: nothing here is touched by it. */
export interface TreeCopy {
  readonly folder: string;
  /** Takes a guard away. @returns puts it back */
  without(guard: Guard): () => void;
  remove(): void;
}

/** Copies sources and generated code; installed packages are linked, each package's links to its neighbours lead into the copy. */
export function copyTree(): TreeCopy {
  const folder = mkdtempSync(join(tmpdir(), "aic-guards-"));
  // Postgres runs as somebody else, and its data lie below.
  chmodSync(folder, 0o755);
  for (const name of readdirSync(REPOSITORY)) {
    if (!LEFT_OUT.has(name)) copy(join(REPOSITORY, name), join(folder, name));
  }
  linkInstalled(folder);
  return {
    folder,
    without: (guard) => takeAway(folder, guard.removal, guard.name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function copy(from: string, to: string): void {
  // A package's `node_modules` is a few links, and relative ones.
  const wanted = (path: string) => !LEFT_OUT.has(basename(path)) || isOfPackage(path);
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: wanted });
}

function isOfPackage(path: string): boolean {
  return basename(path) === "node_modules" && path !== join(REPOSITORY, "node_modules");
}

function linkInstalled(folder: string): void {
  const [installed, linked] = [join(REPOSITORY, "node_modules"), join(folder, "node_modules")];
  mkdirSync(linked);
  for (const name of readdirSync(installed)) {
    // Not the caches: what is compiled here is not what is compiled there.
    const isCache = /^\.(?:cache|vite)/.test(name);
    if (!isCache) symlinkSync(join(installed, name), join(linked, name));
  }
}

function takeAway(folder: string, removal: Edit | Sql, name: string): () => void {
  if ("sql" in removal) {
    mkdirSync(join(folder, MIGRATION));
    writeFileSync(join(folder, MIGRATION, "migration.sql"), `${removal.sql};\n`);
    return () => rmSync(join(folder, MIGRATION), { recursive: true });
  }
  const path = join(folder, removal.file);
  const whole = readFileSync(path, "utf8");
  if (whole.split(removal.from).length !== 2) {
    throw new Error(`${name}: ${removal.file} must have this text once: ${removal.from}`);
  }
  writeFileSync(
    path,
    whole.replace(removal.from, () => removal.to),
  );
  return () => writeFileSync(path, whole);
}
