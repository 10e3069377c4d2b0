import type { RunDetail } from "@aic-sos/contract/runs";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { shortId } from "../../lib/words.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

/** Deletes a finished run. The audit log keeps what happened. */
export function DeleteRun({ run }: { run: RunDetail }) {
  const { id: runId, workspaceId } = run;
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const remove = trpc.run.delete.useMutation({
    onSuccess: async () => {
      await navigate({ to: "/w/$workspaceId/runs", params: { workspaceId } });
      await utils.run.list.invalidate();
      notifications.show({ message: `Run ${shortId(runId)} is deleted.` });
    },
  });
  return (
    <ConfirmButton
      action={`Delete run ${shortId(runId)}`}
      label="Delete run"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ runId, workspaceId })}
      onReset={remove.reset}
    >
      The run of {run.workflowName} v{run.workflowVersion}, its steps
      {run.contentKept && " and its sealed content"} will be gone, and there is no way back. What
      happened stays in the audit log.
    </ConfirmButton>
  );
}
