import type { Webhook } from "@aic-sos/contract/webhooks";
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ShownSecret } from "./shown-secret.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Makes a new secret; the former one goes on for a day. */
export function RotateSecret({ webhook }: { webhook: Webhook }) {
  const { may } = useWorkspace();
  const [opened, setOpened] = useState(false);
  const rotate = trpc.webhook.rotateSecret.useMutation();
  if (!may("webhook_secret:rotate")) return null;
  const close = () => {
    setOpened(false);
    rotate.reset();
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Rotate secret
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        held={rotate.isPending || rotate.data !== undefined}
        title={`Rotate the secret of ${webhook.name}`}
      >
        {rotate.data ? (
          <ShownSecret {...rotate.data} rotated onClose={close} />
        ) : (
          <Stack gap={16}>
            <div>
              A new secret signs from now on, and is shown once. For a day each message carries both
              signatures.
            </div>
            {rotate.error && <ProblemNotice error={rotate.error} during="change" />}
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={close} disabled={rotate.isPending}>
                Leave it as it is
              </Button>
              <Button
                loading={rotate.isPending}
                onClick={() => rotate.mutate({ webhookId: webhook.id })}
              >
                Rotate secret
              </Button>
            </Group>
          </Stack>
        )}
      </Dialog>
    </>
  );
}
