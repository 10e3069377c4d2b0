import type { Workflow } from "@aic-sos/contract/workflows";
import { Skeleton } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RiskMark } from "../../ui/risk-mark.tsx";
import { DeleteWorkflow } from "./delete-workflow.tsx";
import { PublicationList } from "./publication-list.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { RunDialog } from "./run-dialog.tsx";
import { VersionList } from "./version-list.tsx";
import { VersionSource } from "./version-source.tsx";
import { WorkflowActions } from "./workflow-actions.tsx";
import classes from "./workflow-page.module.css";

const route = getRouteApi("/w/$workspaceId/workflows/$workflowId");

/** One workflow: its source in the version looked at, its versions, where they are published. */
export function WorkflowPage() {
  const { id: workspaceId } = useWorkspace();
  const { workflowId } = route.useParams();
  const { version } = route.useSearch();
  const {
    data: workflow,
    error,
    refetch,
  } = trpc.workflow.read.useQuery({ workspaceId, workflowId });
  const shown = version ?? workflow?.latest.version;
  const base = `/w/${workspaceId}/workflows`;
  const crumbs = [
    { label: "Workflows", to: base },
    ...(workflow
      ? [{ label: workflow.name, to: `${base}/${workflowId}` }, { label: `v${shown}` }]
      : [{ label: "Workflow" }]),
  ];
  if (!workflow || shown === undefined) {
    return (
      <Page title="Workflow" crumbs={crumbs}>
        {error ? (
          <ProblemNotice error={error} during="read" onRetry={() => refetch()} />
        ) : (
          <Skeleton height={400} radius="md" />
        )}
      </Page>
    );
  }
  return <LoadedWorkflow workflow={workflow} shown={shown} crumbs={crumbs} />;
}

interface LoadedProps {
  readonly workflow: Workflow;
  readonly shown: number;
  readonly crumbs: readonly { label: string; to?: string }[];
}

function LoadedWorkflow({ workflow, shown, crumbs }: LoadedProps) {
  const { may } = useWorkspace();
  const { compare, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const closeDialog = () => navigate({ search: (before) => ({ ...before, dialog: undefined }) });
  return (
    <Page
      title={
        <>
          {workflow.name} <span className="dim num">v{shown}</span>
        </>
      }
      lead={workflow.description}
      crumbs={crumbs}
      actions={<WorkflowActions workflow={workflow} shown={shown} />}
    >
      <div className={classes.columns}>
        <div className={classes.source}>
          <VersionSource workflow={workflow} version={shown} compare={compare} />
        </div>
        <div className={classes.side}>
          <Panel title="Published">
            <PublicationList workflow={workflow} />
          </Panel>
          <Panel title="Versions" aside={<RiskMark tier={workflow.latest.riskTier} />}>
            <VersionList workflow={workflow} shown={shown} compare={compare} />
          </Panel>
        </div>
        {may("workflow:delete") && (
          <div className={classes.danger}>
            <Panel title="Delete">
              <DeleteWorkflow workflow={workflow} />
            </Panel>
          </div>
        )}
      </div>
      {may("workflow:publish") && (
        <PublishDialog
          workflow={workflow}
          version={shown}
          opened={dialog === "publish"}
          onClose={closeDialog}
        />
      )}
      {may("run:create") && (
        <RunDialog workflow={workflow} opened={dialog === "run"} onClose={closeDialog} />
      )}
    </Page>
  );
}
