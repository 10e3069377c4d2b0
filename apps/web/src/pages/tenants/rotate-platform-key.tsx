import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";

const OVERLAPS = [
  { value: "0", label: "No overlap: the old key ends at once" },
  { value: "1", label: "1 hour" },
  { value: "24", label: "24 hours" },
  { value: "48", label: "48 hours" },
];

/** Makes a new platform key; both work for a while. */
export function RotatePlatformKey() {
  const [opened, setOpened] = useState(false);
  const [overlap, setOverlap] = useState("24");
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
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={rotate.data === undefined}
        title="Rotate the platform key"
        closeButtonProps={{ "aria-label": "Close" }}
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
          <Stack gap={16}>
            <div>
              A new key is made for every region. The old one goes on for the overlap, so that
              scripts can change over without a pause.
            </div>
            <Select
              label="The old key works for another"
              data={OVERLAPS}
              value={overlap}
              allowDeselect={false}
              onChange={(value) => setOverlap(value ?? "24")}
            />
            {rotate.error && <ProblemNotice error={rotate.error} during="change" />}
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={close}>
                Leave it as it is
              </Button>
              <Button
                loading={rotate.isPending}
                onClick={() => rotate.mutate({ overlapHours: Number(overlap) })}
              >
                Rotate the platform key
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  );
}
