import { launchBrowser } from "./browser/launch.ts";
import { consoleShows } from "./checks/console.ts";
import { createTenant } from "./checks/create-tenant.ts";
import { createWorkflow } from "./checks/create-workflow.ts";
import { createWorkspace } from "./checks/create-workspace.ts";
import { isolation } from "./checks/isolation.ts";
import { listPublished } from "./checks/list-published.ts";
import { logIn } from "./checks/log-in.ts";
import { publishWorkflow } from "./checks/publish-workflow.ts";
import { regionBoundary } from "./checks/region.ts";
import {
  auditorChangesNothing,
  integrationAdminStoresKeys,
  operatorTriggersRuns,
} from "./checks/roles.ts";
import { storeProviderKey } from "./checks/store-provider-key.ts";
import { readSettings } from "./config.ts";
import { readDevFile } from "./dev-file.ts";
import type { Check, Gate } from "./gate.ts";
import { callerWith } from "./rest/caller.ts";
import { Unmet } from "./unmet.ts";

/** The brief's ten. */
const TEN: readonly Check[] = [
  createTenant,
  createWorkspace,
  logIn,
  storeProviderKey,
  createWorkflow,
  publishWorkflow,
  listPublished,
  isolation,
  regionBoundary,
  consoleShows,
];

/** What the roles may and may not. */
const ROLES: readonly Check[] = [
  auditorChangesNothing,
  operatorTriggersRuns,
  integrationAdminStoresKeys,
];

const REGION = "us-east-1";
const OTHER_REGION = "eu-west-1";

/** Drives REST and a real browser against the running server. One line each; the exit code is 1 when one fails. */
async function main(): Promise<void> {
  const settings = readSettings();
  const dev = await readDevFile(settings.dataDir);
  const browser = await launchBrowser(settings);
  try {
    const gate: Gate = {
      dev,
      browser,
      stamp: Date.now().toString(36),
      region: REGION,
      otherRegion: OTHER_REGION,
      platform: callerWith(dev.url, "platform", { authorization: `Bearer ${dev.platformKey}` }),
      stranger: callerWith(dev.url, "a stranger", {}),
      made: {},
    };
    const ten = await runAll(gate, TEN, (at) => `${at + 1}`);
    const roles = await runAll(gate, ROLES, () => "+");
    const failed = [...ten, ...roles].filter((passed) => !passed).length;
    console.log(failed === 0 ? "The gate is open." : `The gate stays shut: ${failed} failed.`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

async function runAll(
  gate: Gate,
  checks: readonly Check[],
  label: (at: number) => string,
): Promise<readonly boolean[]> {
  const results: boolean[] = [];
  for (const [at, check] of checks.entries()) results.push(await runOne(gate, check, label(at)));
  return results;
}

async function runOne(gate: Gate, check: Check, label: string): Promise<boolean> {
  const name = `${label.padStart(2)}  ${check.title}`;
  try {
    const seen = await check.run(gate);
    console.log(`PASS ${name}: ${seen}`);
    return true;
  } catch (error) {
    const reason =
      error instanceof Unmet
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    console.log(`FAIL ${name}: ${reason}`);
    return false;
  }
}

await main();
