import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createKeyfile } from "@aic-sos/keyring/keyfile";

/** The keyfile of a region: made at the first start, never again. */
export async function regionKeyfile(dataDir: string, region: string): Promise<string> {
  const folder = join(dataDir, "keyfiles");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${region}.json`);
  if (!existsSync(path)) await createKeyfile(path);
  return path;
}
