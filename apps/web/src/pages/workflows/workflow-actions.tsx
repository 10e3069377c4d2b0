import type { Workflow } from "@aic-sos/contract/workflows";
import { Button, Tooltip } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { FilePlus2, Play, Rocket } from "lucide-react";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { LinkButton } from "../../ui/link-button.tsx";

const route = getRouteApi("/w/$workspaceId/workflows/$workflowId");

/** What one can do with a workflow; what the role does not allow is not here. */
export function WorkflowActions({ workflow, shown }: { workflow: Workflow; shown: number }) {
  const { id: workspaceId, may } = useWorkspace();
  const navigate = route.useNavigate();
  const open = (dialog: "publish" | "run") =>
    navigate({ search: (before) => ({ ...before, dialog }) });
  const published = workflow.publications.length > 0;
  return (
    <>
      {may("workflow:update") && (
        <LinkButton
          to="/w/$workspaceId/workflows/$workflowId/edit"
          params={{ workspaceId, workflowId: workflow.id }}
          variant="default"
          leftSection={<FilePlus2 size={14} aria-hidden />}
        >
          New version
        </LinkButton>
      )}
      {may("run:create") && (
        <Tooltip label="Publish a version first: only published ones can run" disabled={published}>
          <Button
            variant="default"
            leftSection={<Play size={14} aria-hidden />}
            data-disabled={!published || undefined}
            onClick={() => published && open("run")}
          >
            Start run
          </Button>
        </Tooltip>
      )}
      {may("workflow:publish") && (
        <Button leftSection={<Rocket size={14} aria-hidden />} onClick={() => open("publish")}>
          Publish v{shown}
        </Button>
      )}
    </>
  );
}
