import { join, resolve } from "node:path";

/** The repository's root. */
export const REPOSITORY = join(import.meta.dirname, "../..");

/** Where the gate finds what it is to try, and where its browser may put files. */
export interface Settings {
  /** Holds `dev.json`, which the running server's devstack wrote. */
  readonly dataDir: string;
  /** A folder of the project for the browser: whatever lies in a shared /tmp is not trusted. */
  readonly browserDir: string;
  /** A Chromium of the machine, when one is named or installed. */
  readonly chromium: string | undefined;
}

/** The only reader of the environment here: `AIC_DATA_DIR` (default `.data`) and `CHROMIUM_PATH`. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    dataDir: resolve(REPOSITORY, env["AIC_DATA_DIR"] || ".data"),
    browserDir: join(REPOSITORY, ".data/browser"),
    chromium: env["CHROMIUM_PATH"] || undefined,
  };
}

/** Lets what a library unpacks or writes go to `folder`, for it and for the processes it starts. */
export function useTemporaryFolder(folder: string): void {
  process.env["TMPDIR"] = folder;
}
