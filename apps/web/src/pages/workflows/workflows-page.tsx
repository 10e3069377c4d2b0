import type { WorkflowSummary } from "@aic-sos/contract/workflows";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { WORKFLOW_COLUMNS } from "./workflow-columns.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

const route = getRouteApi("/w/$workspaceId/workflows");

const CHOICES = [
  { value: "all", label: "All" },
  { value: "published", label: "Published to prod" },
] as const;

/** What may run here, in which version? */
export function WorkflowsPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const environment = show === "published" ? "prod" : undefined;
  const list = trpc.workflow.list.useInfiniteQuery(
    { workspaceId, environment, limit: 20 },
    { enabled: may("workflow:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const offersFirst = environment === undefined && itemsOf<WorkflowSummary>(list)?.length === 0;
  return (
    <Page
      title="Workflows"
      lead="What may run here, and in which version."
      crumbs={[{ label: "Workflows" }]}
      actions={may("workflow:create") && !offersFirst ? <NewWorkflowButton /> : undefined}
    >
      {may("workflow:read") ? (
        <>
          <FilterRow>
            <FilterChips
              label="Which"
              value={show ?? "all"}
              choices={CHOICES}
              onChange={(value) =>
                navigate({ search: { show: value === "all" ? undefined : value } })
              }
            />
          </FilterRow>
          <ListBody<WorkflowSummary>
            label="Workflows"
            query={list}
            columns={WORKFLOW_COLUMNS}
            itemKey={(workflow) => workflow.id}
            empty={<NoWorkflows published={environment !== undefined} />}
          />
        </>
      ) : (
        <NotAllowed permission="workflow:read" />
      )}
    </Page>
  );
}

function NewWorkflowButton() {
  const { id: workspaceId } = useWorkspace();
  return (
    <LinkButton
      to="/w/$workspaceId/workflows/new"
      params={{ workspaceId }}
      leftSection={<Plus size={14} aria-hidden />}
    >
      New workflow
    </LinkButton>
  );
}

function NoWorkflows({ published }: { published: boolean }) {
  const { may } = useWorkspace();
  if (published) {
    return (
      <EmptyState title="Nothing is published to prod">
        A workflow can run once one of its versions is published. Open one and publish it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No workflow yet"
      action={may("workflow:create") ? <NewWorkflowButton /> : undefined}
    >
      A workflow is a YAML definition: what goes in, which steps run, who has to approve. Each
      change is a new version, and only a published version can run.
    </EmptyState>
  );
}
