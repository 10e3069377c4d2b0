import type { DevDatabase } from "./databases.ts";
import type { DevSecrets } from "./dev-secrets.ts";
import { createApiCaller } from "./api-caller.ts";
import { DEMO_TENANTS } from "./demo-tenants.ts";
import { openSeedProgress } from "./seed-progress.ts";
import { proveDomain } from "./prove-domain.ts";
import { advanceRuns } from "./seed-run-states.ts";
import { seedTenant } from "./seed-tenant.ts";

const DONE = "done";

/**
 * Fills in the demo data, once per data directory, through the product's own REST API, so that
 * everything has its decisions and audit events. Only what it cannot do yet, or not without a DNS, is
 * written by SQL: the progress of runs, and that a domain of `.example` is proved. Continues where it
 * was cut short.
 */
export async function seedDemo(options: {
  readonly dataDir: string;
  readonly serverUrl: string;
  readonly secrets: DevSecrets;
  readonly databases: readonly DevDatabase[];
  readonly log: (line: string) => void;
}): Promise<void> {
  const { dataDir, serverUrl, secrets, databases, log } = options;
  const progress = await openSeedProgress(dataDir);
  if (progress.has(DONE)) return;
  log("filling in the demo data …");
  const authorization = `Bearer ${secrets.platformKey}`;
  const platform = createApiCaller(serverUrl, async () => ({ authorization }));
  const context = {
    serverUrl,
    progress,
    password: secrets.demoPassword,
    providerKeys: secrets.providerKeys,
  };
  await Promise.all(
    DEMO_TENANTS.map(async (tenant) => {
      const { runs, emailDomainId } = await seedTenant(context, platform, tenant);
      const database = databases.find(({ region }) => region === tenant.region);
      if (!database)
        throw new Error(
          `the demo tenant ${tenant.name} is in ${tenant.region}, which has no database`,
        );
      await advanceRuns(database.urls.owner, runs);
      await proveDomain(database.urls.owner, emailDomainId);
    }),
  );
  await progress.once(DONE, async () => new Date().toISOString());
}
