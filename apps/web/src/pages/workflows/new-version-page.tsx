import type { Workflow } from "@aic-sos/contract/workflows";
import { Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { WorkflowEditor } from "./workflow-editor.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

const route = getRouteApi("/w/$workspaceId/workflows/$workflowId/edit");

/** A new version on top of the latest; the versions before it stay as they are. */
export function NewVersionPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { workflowId } = route.useParams();
  const {
    data: workflow,
    error,
    refetch,
  } = trpc.workflow.read.useQuery({ workspaceId, workflowId });
  const base = `/w/${workspaceId}/workflows`;
  const next = workflow ? workflow.latest.version + 1 : undefined;
  return (
    <Page
      title={workflow ? `${workflow.name}: new version` : "New version"}
      lead={
        workflow ? `Starts from v${workflow.latest.version}, which stays untouched.` : undefined
      }
      crumbs={[
        { label: "Workflows", to: base },
        { label: workflow?.name ?? "Workflow", to: `${base}/${workflowId}` },
        { label: next === undefined ? "New version" : `v${next}` },
      ]}
    >
      {!may("workflow:update") ? (
        <NotAllowed permission="workflow:update" />
      ) : error ? (
        <ProblemNotice error={error} during="read" onRetry={() => refetch()} />
      ) : workflow ? (
        <VersionEditor key={workflow.latest.version} workflow={workflow} />
      ) : (
        <Skeleton height={480} radius="md" />
      )}
    </Page>
  );
}

function VersionEditor({ workflow }: { workflow: Workflow }) {
  const params = { workspaceId: workflow.workspaceId, workflowId: workflow.id };
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [saved, setSaved] = useState(false);
  const update = trpc.workflow.update.useMutation({
    onSuccess: async (changed) => {
      setSaved(true);
      notifications.show({
        message: `${changed.name} v${changed.latest.version} is saved. It runs once it is published.`,
      });
      await navigate({ to: "/w/$workspaceId/workflows/$workflowId", params, ignoreBlocker: true });
      await Promise.all([utils.workflow.read.invalidate(), utils.workflow.list.invalidate()]);
    },
  });
  return (
    <WorkflowEditor
      initial={workflow.source}
      label={`Definition of ${workflow.name}, YAML`}
      action={`Save as v${workflow.latest.version + 1}`}
      savesUnchanged={false}
      pending={update.isPending}
      saved={saved}
      error={update.error}
      aside={
        <LinkButton to="/w/$workspaceId/workflows/$workflowId" params={params} variant="default">
          Cancel
        </LinkButton>
      }
      onSave={(source) => update.mutate({ ...params, source })}
    />
  );
}
