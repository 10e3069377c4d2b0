import { regionLabel } from "@aic-sos/contract/regions";
import type { Provider } from "@aic-sos/contract/provider-keys";
import type { ConnectorKind } from "@aic-sos/contract/connectors";
import { Role } from "@aic-sos/contract/roles";
import type { RunState } from "@aic-sos/contract/runs";

/** How the console says the closed lists. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  WorkspaceAdmin: "Workspace admin",
  Operator: "Operator",
  Approver: "Approver",
  Auditor: "Auditor",
  IntegrationAdmin: "Integration admin",
};

/** A role's name in words; one that this console does not know shows as it is. */
export function roleWords(role: string): string {
  const known = Role.safeParse(role);
  return known.success ? ROLE_WORDS[known.data] : role;
}

export const RUN_STATE_WORDS: Readonly<Record<RunState, string>> = {
  queued: "Queued",
  running: "Running",
  waiting_for_approval: "Waiting for approval",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  openai: "OpenAI",
  azure_openai: "Azure OpenAI",
  anthropic: "Anthropic",
};

export const CONNECTOR_WORDS: Readonly<Record<ConnectorKind, string>> = {
  servicenow: "ServiceNow",
  webhook: "Generic webhook",
};

/** "metadata only" or "full content": the data mode in words. */
export function dataModeWords(mode: string): string {
  return mode === "full" ? "full content" : "metadata only";
}

/** A region's short label and which of the console's colours it has. */
export function regionLook(region: string): { label: string; tone: "us" | "eu" | "elsewhere" } {
  const label = regionLabel(region);
  return { label, tone: label === "US" ? "us" : label === "EU" ? "eu" : "elsewhere" };
}

/** "1 run", "2 runs". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Minutes in the largest unit that says them in whole ones: "15 minutes", "12 hours", "7 days"; one day is "24 hours". */
export function spanWords(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return counted(minutes / 1440, "day");
  if (minutes % 60 === 0) return counted(minutes / 60, "hour");
  return counted(minutes, "minute");
}

/** "Operator", "Operator or Auditor", "A, B or C". */
export function eitherOf(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The end of an id: its random part, which is what tells ids apart. */
export function shortId(id: string): string {
  return id.slice(-8);
}

/** One or two letters that stand for a person. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
