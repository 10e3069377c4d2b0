import type { Connector } from "@aic-sos/contract/connectors";
import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import type { Run } from "@aic-sos/contract/runs";
import type { WorkflowSummary } from "@aic-sos/contract/workflows";
import { counted, PROVIDER_WORDS } from "../../lib/words.ts";

/** Something that somebody should look at, and where it can be mended. */
export interface AttentionItem {
  readonly id: string;
  readonly tone: "harm" | "attention" | "plain";
  readonly title: string;
  readonly detail: string;
  readonly link: AttentionLink;
  readonly instant: string | null;
}

export type AttentionLink =
  | { readonly page: "run"; readonly id: string }
  | { readonly page: "workflow"; readonly id: string }
  | { readonly page: "connector"; readonly id: string }
  | { readonly page: "keys" }
  | { readonly page: "queue" };

/** What the lists say; undefined where the role may not see one. */
export interface Lists {
  readonly failed?: readonly Run[] | undefined;
  readonly waiting?: readonly Run[] | undefined;
  readonly queued?: readonly Run[] | undefined;
  readonly keys?: readonly ProviderKey[] | undefined;
  readonly connectors?: readonly Connector[] | undefined;
  readonly workflows?: readonly WorkflowSummary[] | undefined;
}

const RANK = { harm: 0, attention: 1, plain: 2 } as const;

/** What needs somebody, worst first: failures, waiting decisions, keys and connectors that will not work, then news. */
export function attentionItems(lists: Lists): readonly AttentionItem[] {
  return [
    ...(lists.failed ?? []).map(failedRun),
    ...(lists.keys ?? []).filter((key) => key.health !== "valid").map(sickKey),
    ...(lists.waiting ?? []).map(waitingRun),
    ...(lists.connectors ?? []).filter((connector) => !connector.hasCredentials).map(bareConnector),
    ...(lists.workflows ?? []).filter(hasUnpublished).map(unpublished),
    ...queuedRuns(lists.queued ?? []),
  ].toSorted((one, other) => RANK[one.tone] - RANK[other.tone]);
}

function failedRun(run: Run): AttentionItem {
  return {
    id: run.id,
    tone: "harm",
    title: `${run.workflowName} v${run.workflowVersion} failed`,
    detail: `after ${run.stepsDone} of ${counted(run.stepsTotal, "step")}`,
    link: { page: "run", id: run.id },
    instant: run.finishedAt ?? run.createdAt,
  };
}

function waitingRun(run: Run): AttentionItem {
  return {
    id: run.id,
    tone: "attention",
    title: `${run.workflowName} v${run.workflowVersion} waits for approval`,
    detail: `asked for by ${run.requestedByName}`,
    link: { page: "run", id: run.id },
    instant: run.createdAt,
  };
}

const KEY_WORDS: Readonly<Record<ProviderKey["health"], string>> = {
  invalid: "is refused by the provider",
  unreachable: "could not be tried: the provider was not reached",
  unknown: "has never been tried",
  valid: "works",
};

function sickKey(key: ProviderKey): AttentionItem {
  return {
    id: key.id,
    tone: key.health === "invalid" ? "harm" : "attention",
    title: `Key ${key.name} ${KEY_WORDS[key.health]}`,
    detail: `${PROVIDER_WORDS[key.provider]}, ends in …${key.lastFour}`,
    link: { page: "keys" },
    instant: key.checkedAt ?? key.createdAt,
  };
}

function bareConnector(connector: Connector): AttentionItem {
  return {
    id: connector.id,
    tone: "attention",
    title: `Connector ${connector.name} has no credentials`,
    detail: "steps that use it fail",
    link: { page: "connector", id: connector.id },
    instant: connector.createdAt,
  };
}

function hasUnpublished({ latest, publications }: WorkflowSummary): boolean {
  return publications.every((publication) => publication.version < latest.version);
}

function unpublished(workflow: WorkflowSummary): AttentionItem {
  const newest = Math.max(0, ...workflow.publications.map((publication) => publication.version));
  return {
    id: workflow.id,
    tone: "plain",
    title: `${workflow.name} v${workflow.latest.version} is not published`,
    detail: newest === 0 ? "so it cannot run" : `runs use v${newest}`,
    link: { page: "workflow", id: workflow.id },
    instant: workflow.latest.createdAt,
  };
}

function queuedRuns(runs: readonly Run[]): AttentionItem[] {
  const oldest = runs.at(-1);
  if (oldest === undefined) return [];
  return [
    {
      id: "queued",
      tone: "plain",
      title: runs.length === 1 ? "1 run is queued" : `${runs.length} runs are queued`,
      detail: "waiting for an agent",
      link: { page: "queue" },
      instant: oldest.createdAt,
    },
  ];
}
