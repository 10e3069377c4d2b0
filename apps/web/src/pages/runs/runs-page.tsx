import type { Run } from "@aic-sos/contract/runs";
import { RUN_STATES } from "@aic-sos/contract/runs";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { X } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { RUN_STATE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NewItemsBar } from "../../ui/new-items-bar.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { useNames } from "../../ui/use-names.ts";
import { RUN_COLUMNS } from "./run-columns.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

const route = getRouteApi("/w/$workspaceId/runs");
const POLL = 15_000;
const FIRST = 20;

const STATE_CHOICES = [
  { value: "all", label: "All" },
  ...RUN_STATES.map((state) => ({ value: state, label: RUN_STATE_WORDS[state] })),
] as const;

/** What is running, what failed? */
export function RunsPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { state, workflow } = route.useSearch();
  const navigate = route.useNavigate();
  const allowed = may("run:read");
  const input = { workspaceId, state, workflowId: workflow, limit: FIRST };
  const list = trpc.run.list.useInfiniteQuery(input, {
    enabled: allowed,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const polled = trpc.run.list.useQuery(input, { enabled: allowed, refetchInterval: POLL });
  const workflowName = useNames().thing("workflow", workflow ?? "");
  return (
    <Page
      title="Runs"
      lead="What is running, what waits, what failed."
      crumbs={[{ label: "Runs" }]}
    >
      {allowed ? (
        <>
          <FilterRow>
            <FilterChips
              label="State"
              value={state ?? "all"}
              choices={STATE_CHOICES}
              onChange={(value) =>
                navigate({
                  search: (before) => ({ ...before, state: value === "all" ? undefined : value }),
                })
              }
            />
            {workflow !== undefined && (
              <Button
                variant="default"
                size="compact-sm"
                rightSection={<X size={12} aria-hidden />}
                onClick={() =>
                  navigate({ search: (before) => ({ ...before, workflow: undefined }) })
                }
              >
                of {workflowName ?? "one workflow"}
              </Button>
            )}
          </FilterRow>
          <NewItemsBar
            shown={itemsOf<Run>(list)}
            polled={polled.data?.items}
            one="new run"
            onShow={() => list.refetch()}
          />
          <ListBody<Run>
            label="Runs"
            query={list}
            columns={RUN_COLUMNS}
            itemKey={(run) => run.id}
            empty={<NoRuns filtered={state !== undefined || workflow !== undefined} />}
          />
        </>
      ) : (
        <NotAllowed permission="run:read" />
      )}
    </Page>
  );
}

function NoRuns({ filtered }: { filtered: boolean }) {
  const { id: workspaceId } = useWorkspace();
  if (filtered) {
    return (
      <EmptyState
        title="No run like that"
        action={
          <LinkButton to="/w/$workspaceId/runs" params={{ workspaceId }} variant="default">
            Show all runs
          </LinkButton>
        }
      >
        No run of this workspace fits the filter.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing has run yet"
      action={
        <LinkButton to="/w/$workspaceId/workflows" params={{ workspaceId }} variant="default">
          Open workflows
        </LinkButton>
      }
    >
      A run begins from a published workflow: open one and start it, or let a service call POST
      /api/runs.
    </EmptyState>
  );
}
