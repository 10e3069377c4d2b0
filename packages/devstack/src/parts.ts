import { join } from "node:path";
import type { Closers } from "./closers.ts";
import { type DevDatabase, devDatabases } from "./databases.ts";
import { aboutOf, type DemoPerson, groupsOf, PLATFORM_PERSON } from "./demo-people.ts";
import { startDevIdp } from "./dev-idp.ts";
import type { DevSecrets } from "./dev-secrets.ts";
import { DevstackError } from "./devstack-error.ts";
import { followIssuer } from "./follow-issuer.ts";
import type { DevPorts } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { startProviderStandIn } from "./provider-stand-in.ts";

export const CLIENT_ID = "aic-sos";

/** What runs, and where. */
export interface Parts {
  readonly databases: readonly DevDatabase[];
  readonly issuer: string;
  readonly providersUrl: string;
}

export interface PartsOptions {
  readonly dataDir: string;
  readonly ports: DevPorts;
  readonly secrets: DevSecrets;
  readonly people: readonly DemoPerson[];
  readonly publicUrl: string;
}

/** Starts all parts at once. What came up is in `closers`, also when another part failed. */
export async function startParts(options: PartsOptions, closers: Closers): Promise<Parts> {
  const databases = startDatabases(options, closers);
  const issuer = startIdentity(options, closers);
  const providersUrl = startProviders(options, closers);
  // All have come up or failed before the first failure goes on: what came up must be known to be
  // stopped.
  await Promise.allSettled([databases, issuer, providersUrl]);
  const parts = {
    databases: await databases,
    issuer: await issuer,
    providersUrl: await providersUrl,
  };
  const superuserUrls = parts.databases.map(({ superuser }) => superuser);
  await followIssuer(options.dataDir, parts.issuer, superuserUrls);
  return parts;
}

async function startDatabases({ dataDir, ports, secrets }: PartsOptions, closers: Closers) {
  const place = { dataDir: join(dataDir, "postgres"), port: ports.postgres };
  const postgres = await startPostgres(place).catch((cause: unknown) => {
    throw new DevstackError(cause instanceof Error ? cause.message : String(cause), { cause });
  });
  closers.add(() => postgres.stop());
  return devDatabases(postgres, secrets.databasePasswords);
}

async function startIdentity(options: PartsOptions, closers: Closers): Promise<string> {
  const { dataDir, ports, secrets, people, publicUrl } = options;
  const idp = await startDevIdp({
    dataDir,
    port: ports.identity,
    publicUrl,
    clientId: CLIENT_ID,
    clientSecret: secrets.oidcClientSecret,
    people: [...people.map(directoryPerson), platformPerson(secrets.demoPassword)],
  });
  closers.add(() => idp.stop());
  return idp.issuer;
}

function directoryPerson(person: DemoPerson) {
  const { name, email, password } = person;
  return { name, email, password, about: aboutOf(person), groups: groupsOf(person) };
}

function platformPerson(password: string) {
  const { name, email, about, group } = PLATFORM_PERSON;
  return { name, email, password, about, groups: [group] };
}

async function startProviders({ ports, secrets }: PartsOptions, closers: Closers): Promise<string> {
  const providers = ["openai", "azure_openai", "anthropic"] as const;
  const keys = providers.map((provider) => ({
    provider,
    key: secrets.providerKeys[provider],
    answer: "models" as const,
  }));
  const standIn = await startProviderStandIn({ port: ports.providers, keys });
  closers.add(() => standIn.close());
  return standIn.url;
}
