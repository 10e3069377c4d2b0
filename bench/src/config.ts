import { join } from "node:path";

/** The repository's root. */
export const REPOSITORY = join(import.meta.dirname, "../..");

/** The environment that a child process gets: ours, without what would make it another server, and `extra`. */
export function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { AIC_DATA_DIR: _, AIC_CONFIG: __, PORT: ___, NODE_ENV: ____, ...own } = process.env;
  // Vitest's own, a worker's number among them: a child that tests would take them for its own.
  const kept = Object.entries(own).filter(([name]) => !name.startsWith("VITEST"));
  return { ...Object.fromEntries(kept), ...extra };
}
