import type { Webhook } from "@aic-sos/contract/webhooks";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ShownSecret } from "./shown-secret.tsx";

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
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={rotate.data === undefined}
        title={`Rotate the secret of ${webhook.name}`}
        closeButtonProps={{ "aria-label": "Close" }}
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
              <Button variant="default" onClick={close}>
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
      </Modal>
    </>
  );
}
