import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { FIRST_WORKFLOW } from "./first-workflow.ts";
import { WorkflowEditor } from "./workflow-editor.tsx";

/** A new workflow from YAML. Its name is in the definition. */
export function NewWorkflowPage() {
  const { id: workspaceId, may } = useWorkspace();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [saved, setSaved] = useState(false);
  const create = trpc.workflow.create.useMutation({
    onSuccess: async (workflow) => {
      setSaved(true);
      await utils.workflow.list.invalidate();
      notifications.show({ message: `${workflow.name} is created. Publish it when it may run.` });
      await navigate({
        to: "/w/$workspaceId/workflows/$workflowId",
        params: { workspaceId, workflowId: workflow.id },
        ignoreBlocker: true,
      });
    },
  });
  return (
    <Page
      title="New workflow"
      lead="Saved as v1. Nothing runs before you publish it."
      crumbs={[{ label: "Workflows", to: `/w/${workspaceId}/workflows` }, { label: "New" }]}
    >
      {may("workflow:create") ? (
        <WorkflowEditor
          initial={FIRST_WORKFLOW}
          label="Definition of the new workflow, YAML"
          action="Create workflow"
          savesUnchanged
          pending={create.isPending}
          saved={saved}
          error={create.error}
          onSave={(source) => create.mutate({ workspaceId, source })}
        />
      ) : (
        <NotAllowed permission="workflow:create" />
      )}
    </Page>
  );
}
