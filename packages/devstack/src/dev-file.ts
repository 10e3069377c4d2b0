import { join } from "node:path";
import type { RoleUrls } from "@aic-sos/db/bootstrap";
import type { DemoPerson } from "./demo-people.ts";
import type { DevSecrets } from "./dev-secrets.ts";
import { writePrivate } from "./private-file.ts";

/** What `dev.json` tells scripts about what runs. */
export interface DevFile {
  readonly url: string;
  readonly platformKey: string;
  /** False until the demo data is there, so that a script knows what to wait for. */
  readonly seeded: boolean;
  /**
   * By region. The superuser is for looking behind the curtain, the others are what the server
   * uses.
   */
  readonly databases: Readonly<
    Record<string, RoleUrls & { readonly name: string; readonly superuser: string }>
  >;
  readonly identityProvider: string;
  /** The stand-in for the language model providers, and the keys that it accepts. */
  readonly providers: { readonly url: string; readonly keys: DevSecrets["providerKeys"] };
  readonly people: readonly DemoPerson[];
}

/** Writes `dev.json` (0600). */
export async function writeDevFile(dataDir: string, file: DevFile): Promise<void> {
  await writePrivate(join(dataDir, "dev.json"), `${JSON.stringify(file, undefined, 2)}\n`);
}
