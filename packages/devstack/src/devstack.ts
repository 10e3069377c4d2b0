import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createClosers } from "./closers.ts";
import { type DemoPerson, demoPeople } from "./demo-people.ts";
import { type DevFile, writeDevFile } from "./dev-file.ts";
import { type DevSecrets, devSecrets } from "./dev-secrets.ts";
import { regionKeyfile } from "./keyfiles.ts";
import { CLIENT_ID, type Parts, startParts } from "./parts.ts";
import { choosePorts, type DevPorts } from "./ports.ts";
import { writePrivate } from "./private-file.ts";
import { refuseInProduction } from "./refuse-in-production.ts";
import { regionsFile } from "./regions-file.ts";
import { seedDemo } from "./seed.ts";
import { summaryLines } from "./summary.ts";

export interface DevstackOptions {
  /** Where everything is kept. Made when it is missing, reused when it is there. */
  readonly dataDir: string;
  /** The server's; 0 takes a free one. */
  readonly port: number;
  /** Told what is going on, a line at a time. */
  readonly log: (line: string) => void;
}

/** What stands in for a real deployment's surroundings, running. */
export interface Devstack {
  /** A `regions.yaml` for the server, which listens on `port` as it says. */
  readonly configFile: string;
  readonly url: string;
  readonly port: number;
  readonly platformKey: string;
  readonly people: readonly DemoPerson[];
  /**
   * Fills in the demo data through the server's own API, once per data directory. Continues where
   * it was cut short.
   */
  seed(serverUrl?: string): Promise<void>;
  /** What to print once everything runs. */
  summary(): readonly string[];
  /** Stops all parts. Call it after the server has ended. */
  stop(): Promise<void>;
}

/**
 * Starts embedded Postgres with one database per region, the development identity provider and the
 * provider stand-in, all on 127.0.0.1. None of them outlives this process.
 * @throws {DevstackError} with a sentence to mend it: a taken port, production, a part that does
 * not come up
 */
export async function startDevstack({ dataDir, port, log }: DevstackOptions): Promise<Devstack> {
  refuseInProduction();
  const root = resolve(dataDir);
  // Others may pass through (a Postgres under another user has its own folder here) but not look
  // around.
  await mkdir(root, { recursive: true, mode: 0o711 });
  const ports = await choosePorts(port);
  const secrets = await devSecrets(root);
  const people = demoPeople(secrets.demoPassword);
  const url = `http://localhost:${ports.server}`;
  const closers = createClosers();
  log("starting the database, the identity provider and the provider stand-in …");
  try {
    const parts = await startParts(
      { dataDir: root, ports, secrets, people, publicUrl: url },
      closers,
    );
    const configFile = await writeRegions(root, ports, secrets, parts, url);
    const devFile: Omit<DevFile, "seeded"> = {
      url,
      platformKey: secrets.platformKey,
      databases: Object.fromEntries(
        parts.databases.map(({ region, name, superuser, urls }) => [
          region,
          { name, superuser, ...urls },
        ]),
      ),
      identityProvider: parts.issuer,
      providers: { url: parts.providersUrl, keys: secrets.providerKeys },
      people,
    };
    await writeDevFile(root, { ...devFile, seeded: false });
    return {
      configFile,
      url,
      port: ports.server,
      platformKey: secrets.platformKey,
      people,
      seed: async (serverUrl = url) => {
        await seedDemo({ dataDir: root, serverUrl, secrets, databases: parts.databases, log });
        await writeDevFile(root, { ...devFile, seeded: true });
      },
      summary: () =>
        summaryLines({
          url,
          platformKey: secrets.platformKey,
          platformPassword: secrets.demoPassword,
          dataDir: root,
          people,
        }),
      stop: () => closers.closeAll(),
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function writeRegions(
  root: string,
  ports: DevPorts,
  secrets: DevSecrets,
  parts: Parts,
  publicUrl: string,
): Promise<string> {
  const regions = await Promise.all(
    parts.databases.map(async ({ region, cell, urls }) => ({
      region,
      cell,
      urls,
      keyfile: await regionKeyfile(root, region),
      checkpoints: join(root, "checkpoints", region),
    })),
  );
  const path = join(root, "regions.yaml");
  const text = regionsFile({
    publicUrl,
    port: ports.server,
    platformKey: secrets.platformKey,
    issuer: parts.issuer,
    clientId: CLIENT_ID,
    clientSecret: secrets.oidcClientSecret,
    providersUrl: parts.providersUrl,
    regions,
  });
  await writePrivate(path, text);
  return path;
}
