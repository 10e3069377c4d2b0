import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { bootstrapRoles, DATABASE_ROLES, type RoleUrls } from "@aic-sos/db/bootstrap";
import { migrate } from "@aic-sos/db/migrate";
import { startPostgres } from "@aic-sos/devstack/postgres";
import { createKeyfile } from "@aic-sos/keyring/keyfile";
import { stringify } from "yaml";
import { REPOSITORY } from "../config.ts";

export const CELL = { code: 1, region: "us-east-1" } as const;
/** The first part of a service's name in a certificate. */
export const TRUST_DOMAIN = "bench.test";
export const PUBLIC_URL = "http://bench.test";
const DATABASE = "control_plane_bench";

/** A database of its own, migrated, with everything that a server needs to be started on it. */
export interface Stage {
  /** Goes with the stage. */
  readonly folder: string;
  readonly urls: RoleUrls;
  /** Past row-level security: for contenders, to prepare and to count. */
  readonly superuserUrl: string;
  readonly keyfile: string;
  readonly platformKey: string;
  /** Writes a `regions.yaml` for a server on this port and gives its path. */
  configFor(port: number): Promise<string>;
  /** Ends Postgres and removes the folder. */
  close(): Promise<void>;
}

/** Starts a real Postgres that waits for its disk (`fsync` on, as it comes), below `.data`. */
export async function openStage(name: string): Promise<Stage> {
  const folder = join(
    REPOSITORY,
    ".data",
    `${name}-${process.pid}-${randomBytes(3).toString("hex")}`,
  );
  await mkdir(folder, { recursive: true });
  const postgres = await startPostgres({ dataDir: join(folder, "postgres") });
  const close = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const passwords = Object.fromEntries(
      DATABASE_ROLES.map((role) => [role, randomBytes(12).toString("hex")]),
    );
    const urls = (await bootstrapRoles(postgres.superuserUrl(), [DATABASE], passwords))[DATABASE];
    if (urls === undefined) throw new Error(`no addresses for ${DATABASE}`);
    await migrate(urls.owner, CELL);
    const keyfile = join(folder, "keyfile.json");
    await createKeyfile(keyfile);
    const checkpoints = join(folder, "checkpoints");
    const platformKey = formatPlatformKey(newSecret());
    const superuserUrl = postgres.superuserUrl(DATABASE);
    const configFor = async (port: number): Promise<string> => {
      const path = join(folder, `regions-${port}.yaml`);
      await writeFile(path, stringify(regions({ port, urls, keyfile, checkpoints, platformKey })));
      return path;
    };
    return { folder, urls, superuserUrl, keyfile, platformKey, configFor, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody logs in here, so the identity provider is never asked. */
function regions(input: {
  port: number;
  urls: RoleUrls;
  keyfile: string;
  checkpoints: string;
  platformKey: string;
}): object {
  return {
    // One for all servers of a stage: tokens that one issues are taken by the others.
    publicUrl: PUBLIC_URL,
    listen: { host: "127.0.0.1", port: input.port },
    // Certificates come as a proxy hands them on: whoever calls from this machine counts as one.
    mtls: {
      trustDomain: TRUST_DOMAIN,
      proxies: [{ peers: ["loopback"], header: "client-cert" }],
    },
    platformKey: input.platformKey,
    identity: {
      defaultProvider: {
        issuer: "http://127.0.0.1:9",
        clientId: "bench",
        clientSecret: "nobody logs in",
        allowInsecure: true,
      },
    },
    regions: {
      [CELL.region]: {
        keyring: { keyfile: input.keyfile },
        checkpoints: { directory: input.checkpoints, everySeconds: 1 },
        providers: {},
        cells: [{ code: CELL.code, database: { ...input.urls } }],
      },
    },
  };
}
