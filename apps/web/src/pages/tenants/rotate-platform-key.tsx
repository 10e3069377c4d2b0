import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { OverlapForm } from "../../ui/overlap-form.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Makes a new platform key; both work for a while. */
export function RotatePlatformKey() {
  const [opened, setOpened] = useState(false);
  const utils = trpc.useUtils();
  const rotate = trpc.platformKey.rotate.useMutation({
    onSuccess: () => utils.platformKey.read.invalidate(),
  });
  const close = () => {
    setOpened(false);
    rotate.reset();
  };
  return (
    <>
      <Button
        variant="default"
        onClick={() => setOpened(true)}
        aria-label="Rotate the platform key"
      >
        Rotate
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        held={rotate.isPending || rotate.data !== undefined}
        title="Rotate the platform key"
      >
        {rotate.data ? (
          <Stack gap={16}>
            <div>
              This is the new platform key. It is shown <b>only now</b>: put it where your scripts
              read it. The servers’ configuration may keep the old one, or take this one.
            </div>
            <SecretOnce label="Key" text={rotate.data.key} />
            <div className="dim">
              The old key ends <RelativeTime instant={rotate.data.previousEndsAt} />.
            </div>
            <Group justify="flex-end">
              <Button onClick={close}>I have stored it</Button>
            </Group>
          </Stack>
        ) : (
          <OverlapForm
            verb="Rotate the platform key"
            error={rotate.error}
            pending={rotate.isPending}
            onRotate={(overlapHours) => rotate.mutate({ overlapHours })}
            onLeave={close}
          >
            A new key is made for every region. The old one goes on for the overlap, so that scripts
            can change over without a pause.
          </OverlapForm>
        )}
      </Dialog>
    </>
  );
}
