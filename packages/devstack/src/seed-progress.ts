import { join } from "node:path";
import { z } from "zod";
import { readIfThere, writePrivate } from "./private-file.ts";

const Steps = z.record(z.string(), z.string());

/**
 * What of the demo data is there already, so that an interrupted seed continues instead of making
 * things twice.
 */
export interface SeedProgress {
  /** Does the step, or, when it was done before, gives what it gave then. */
  once(step: string, work: () => Promise<string>): Promise<string>;
  has(step: string): boolean;
}

/**
 * Reads the progress of a data directory. It lies beside the database: who deletes one deletes
 * both.
 */
export async function openSeedProgress(dataDir: string): Promise<SeedProgress> {
  const path = join(dataDir, "demo-data.json");
  const steps = new Map(Object.entries(Steps.parse(JSON.parse((await readIfThere(path)) ?? "{}"))));
  let writing = Promise.resolve();
  const save = (): Promise<void> => {
    // One after the other: tenants are filled side by side.
    writing = writing.then(() =>
      writePrivate(path, `${JSON.stringify(Object.fromEntries(steps), undefined, 2)}\n`),
    );
    return writing;
  };
  return {
    has: (step) => steps.has(step),
    once: async (step, work) => {
      const before = steps.get(step);
      if (before !== undefined) return before;
      const result = await work();
      steps.set(step, result);
      await save();
      return result;
    },
  };
}
