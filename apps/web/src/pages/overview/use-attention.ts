import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type AttentionItem, attentionItems } from "./attention-items.ts";

const POLL = 30_000;
const MOST_FAILED = 5;
const MANY = 100;

interface Attention {
  readonly items: readonly AttentionItem[] | undefined;
  /** Nothing has been set up here yet. */
  readonly isNew: boolean;
  readonly error: unknown;
}

/** What needs somebody here, out of the lists that the role may see. One batch of reads. */
export function useAttention(): Attention {
  const { may } = useWorkspace();
  const { failed, waiting, queued } = useUnfinishedRuns();
  const { keys, connectors, workflows } = useSetUp();
  const queries = [failed, waiting, queued, keys, connectors, workflows];
  if (queries.some((query) => query.isLoading))
    return { items: undefined, isNew: false, error: null };
  const lists = {
    failed: failed.data?.items,
    waiting: waiting.data?.items,
    queued: queued.data?.items,
    keys: keys.data?.items,
    connectors: connectors.data?.items,
    workflows: may("workflow:publish") ? workflows.data?.items : undefined,
  };
  return {
    items: attentionItems(lists),
    isNew: workflows.data?.items.length === 0 && !lists.keys?.length,
    error: queries.find((query) => query.error && !query.data)?.error ?? null,
  };
}

function useUnfinishedRuns() {
  const { id: workspaceId, may } = useWorkspace();
  const options = { enabled: may("run:read"), refetchInterval: POLL };
  const list = trpc.run.list;
  return {
    failed: list.useQuery({ workspaceId, state: "failed", limit: MOST_FAILED }, options),
    waiting: list.useQuery({ workspaceId, state: "waiting_for_approval", limit: MANY }, options),
    queued: list.useQuery({ workspaceId, state: "queued", limit: MANY }, options),
  };
}

function useSetUp() {
  const { id: workspaceId, may } = useWorkspace();
  const input = { workspaceId, limit: MANY };
  return {
    keys: trpc.providerKey.list.useQuery(input, { enabled: may("provider_key:read") }),
    connectors: trpc.connector.list.useQuery(input, { enabled: may("connector:read") }),
    workflows: trpc.workflow.list.useQuery(input, { enabled: may("workflow:read") }),
  };
}
