import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type AttentionItem, attentionItems } from "./attention-items.ts";

const POLL = 30_000;

interface Attention {
  readonly items: readonly AttentionItem[] | undefined;
  readonly isNew: boolean;
  readonly error: unknown;
}

/** What needs somebody here, out of the lists that the role may see. One batch of reads. */
export function useAttention(): Attention {
  const { id: workspaceId, may } = useWorkspace();
  const runs = { enabled: may("run:read"), refetchInterval: POLL };
  const failed = trpc.run.list.useQuery({ workspaceId, state: "failed", limit: 5 }, runs);
  const waiting = trpc.run.list.useQuery(
    { workspaceId, state: "waiting_for_approval", limit: 10 },
    runs,
  );
  const queued = trpc.run.list.useQuery({ workspaceId, state: "queued", limit: 100 }, runs);
  const keys = trpc.providerKey.list.useQuery(
    { workspaceId, limit: 100 },
    { enabled: may("provider_key:read") },
  );
  const connectors = trpc.connector.list.useQuery(
    { workspaceId, limit: 100 },
    { enabled: may("connector:read") },
  );
  const workflows = trpc.workflow.list.useQuery(
    { workspaceId, limit: 100 },
    { enabled: may("workflow:read") },
  );
  const queries = [failed, waiting, queued, keys, connectors, workflows];
  const isLoading = queries.some((query) => query.isLoading);
  return {
    items: isLoading
      ? undefined
      : attentionItems({
          failed: failed.data?.items,
          waiting: waiting.data?.items,
          queued: queued.data?.items,
          keys: keys.data?.items,
          connectors: connectors.data?.items,
          workflows: may("workflow:publish") ? workflows.data?.items : undefined,
        }),
    isNew: !isLoading && workflows.data?.items.length === 0 && (keys.data?.items.length ?? 0) === 0,
    error: queries.find((query) => query.error)?.error ?? null,
  };
}
