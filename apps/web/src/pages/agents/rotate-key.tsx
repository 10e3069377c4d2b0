import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Service } from "@aic-sos/contract/services";
import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ShownKey } from "./shown-key.tsx";
import { useAdministers } from "./use-administers.ts";

const OVERLAPS = [
  { value: "0", label: "No overlap: the old key ends at once" },
  { value: "1", label: "1 hour" },
  { value: "24", label: "24 hours" },
  { value: "48", label: "48 hours" },
];

/** Makes the successor of a key; both work for a while. */
export function RotateKey({ service, apiKey }: { service: Service; apiKey: ApiKey }) {
  const { may, options, place } = useAdministers(service);
  const [opened, setOpened] = useState(false);
  const [overlap, setOverlap] = useState("24");
  const utils = trpc.useUtils();
  const rotate = trpc.apiKey.rotate.useMutation({ trpc: options });
  if (!may("api_key:rotate") || service.state !== "active") return null;
  const close = () => {
    setOpened(false);
    const rotated = rotate.data !== undefined;
    rotate.reset();
    // Not before: the row of a rotated key has no such dialog.
    if (rotated) {
      void utils.apiKey.list.invalidate();
      void utils.service.list.invalidate();
    }
  };
  return (
    <>
      <Button
        variant="default"
        onClick={() => setOpened(true)}
        aria-label={`Rotate key ${apiKey.name}`}
      >
        Rotate
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={rotate.data === undefined}
        title={`Rotate key ${apiKey.name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {rotate.data ? (
          <ShownKey
            apiKey={rotate.data.apiKey}
            text={rotate.data.key}
            previous={rotate.data.previous}
            onClose={close}
          />
        ) : (
          <Stack gap={16}>
            <div>
              A new key is made with the same name and limits. The old one goes on for the overlap,
              so that {service.name} can change over without a pause; it can be revoked earlier.
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
                onClick={() =>
                  rotate.mutate({ apiKeyId: apiKey.id, overlapHours: Number(overlap), ...place })
                }
              >
                Rotate key {apiKey.name}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  );
}
