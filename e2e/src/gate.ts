import type { Browser } from "@playwright/test";
import type { Tenant } from "@aic-sos/contract/tenants";
import type { Workflow } from "@aic-sos/contract/workflows";
import type { Workspace } from "@aic-sos/contract/workspaces";
import type { SignedIn } from "./browser/sign-in.ts";
import type { DevFile } from "./dev-file.ts";
import type { Caller } from "./rest/caller.ts";
import { Unmet } from "./unmet.ts";

/** Who comes into the fresh tenant: each holds one role there. */
export interface Members {
  /** In every workspace, as are the auditor's. */
  readonly admin: SignedIn;
  readonly auditor: SignedIn;
  /** In the first workspace. */
  readonly operator: SignedIn;
  readonly integrationAdmin: SignedIn;
  /** WorkspaceAdmin of the second workspace only. */
  readonly neighbour: SignedIn;
}

/** What the lines before have made. */
export interface Made {
  readonly tenant: Tenant;
  readonly invitationUrl: string;
  readonly workspace: Workspace;
  readonly otherWorkspace: Workspace;
  readonly members: Members;
  readonly providerKeyId: string;
  readonly connectorId: string;
  readonly workflow: Workflow;
  readonly runId: string;
}

/** What a check has at hand. */
export interface Gate {
  readonly dev: DevFile;
  readonly browser: Browser;
  /** Names of this run end in it, so that the gate can be run again and again. */
  readonly stamp: string;
  readonly region: string;
  readonly otherRegion: string;
  readonly platform: Caller;
  readonly stranger: Caller;
  readonly made: { -readonly [K in keyof Made]?: Made[K] };
}

/** One line of the gate. It gives back what it saw, in a few words; an unmet expectation it throws. */
export interface Check {
  readonly title: string;
  run(gate: Gate): Promise<string>;
}

/** What an earlier line has made. */
export function made<K extends keyof Made>(gate: Gate, what: K): Made[K] {
  const found: Made[K] | undefined = gate.made[what];
  if (found === undefined) throw new Unmet(`an earlier line to have made ${what}`, "it failed");
  return found;
}

/** The database of a region, as `dev.json` has it. */
export function databaseOf(gate: Gate, region: string): DevFile["databases"][string] {
  const found = gate.dev.databases[region];
  if (found === undefined)
    throw new Unmet(`dev.json to name the database of ${region}`, Object.keys(gate.dev.databases));
  return found;
}
