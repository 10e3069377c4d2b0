import type { DataMode } from "@aic-sos/contract/data-modes";
import { Button, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { DATA_MODE_CONSEQUENCES, DATA_MODE_TITLES } from "./data-mode-words.ts";
import { Dialog } from "../../ui/dialog.tsx";

/** Says what the change does, then makes it. */
export function ChangeDataModeDialog({ to, onClose }: { to: DataMode; onClose: () => void }) {
  const { id: workspaceId, name, region } = useWorkspace();
  const words = DATA_MODE_TITLES[to].toLowerCase();
  const utils = trpc.useUtils();
  const update = trpc.workspace.updateDataMode.useMutation({
    onSuccess: async () => {
      await utils.me.read.invalidate();
      notifications.show({ message: `${name} keeps ${words} from now on.` });
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Change ${name} to ${words}`}>
      <Stack gap={16}>
        <ul style={{ margin: 0, paddingLeft: 16, display: "grid", gap: 6 }}>
          {DATA_MODE_CONSEQUENCES[to](region).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {update.error && <ProblemNotice error={update.error} during="change" />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
          <Button
            loading={update.isPending}
            onClick={() => update.mutate({ workspaceId, dataPersistenceMode: to })}
            data-autofocus
          >
            Keep {words}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
