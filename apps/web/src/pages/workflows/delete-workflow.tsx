import type { Workflow } from "@aic-sos/contract/workflows";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

/** Deletes a workflow that never ran. One that has runs stays, since they refer to its versions. */
export function DeleteWorkflow({ workflow }: { workflow: Workflow }) {
  const { id: workflowId, workspaceId, name } = workflow;
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const remove = trpc.workflow.delete.useMutation({
    onSuccess: async () => {
      await navigate({ to: "/w/$workspaceId/workflows", params: { workspaceId } });
      await utils.workflow.list.invalidate();
      notifications.show({ message: `Workflow ${name} is deleted.` });
    },
  });
  return (
    <>
      <div className="dim" style={{ marginBottom: 8 }}>
        Possible as long as it has no runs.
      </div>
      <ConfirmButton
        action={`Delete workflow ${name}`}
        label="Delete workflow"
        typed={name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ workflowId, workspaceId })}
        onReset={remove.reset}
      >
        {name} and its {counted(workflow.versions.length, "version")} will be gone, and there is no
        way back. What happened stays in the audit log.
      </ConfirmButton>
    </>
  );
}
