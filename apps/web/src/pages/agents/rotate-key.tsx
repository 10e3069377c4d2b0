import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Service } from "@aic-sos/contract/services";
import { Button } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { OverlapForm } from "../../ui/overlap-form.tsx";
import { ShownKey } from "./shown-key.tsx";
import { useAdministers } from "./use-administers.ts";
import { Dialog } from "../../ui/dialog.tsx";

/** Makes the successor of a key; both work for a while. Stays until its dialog is closed, whatever becomes of the row. */
export function RotateKey({ service, apiKey }: { service: Service; apiKey: ApiKey }) {
  const { may, options, place } = useAdministers(service);
  const [opened, setOpened] = useState(false);
  const utils = trpc.useUtils();
  const rotate = trpc.apiKey.rotate.useMutation({ trpc: options });
  const rotatable =
    may("api_key:rotate") && service.state === "active" && apiKey.state === "active";
  const close = () => {
    setOpened(false);
    const rotated = rotate.data !== undefined;
    rotate.reset();
    if (rotated) {
      void utils.apiKey.list.invalidate();
      void utils.service.list.invalidate();
    }
  };
  return (
    <>
      {rotatable && (
        <Button
          variant="default"
          onClick={() => setOpened(true)}
          aria-label={`Rotate key ${apiKey.name}`}
        >
          Rotate
        </Button>
      )}
      <Dialog
        opened={opened}
        onClose={close}
        held={rotate.isPending || rotate.data !== undefined}
        title={`Rotate key ${apiKey.name}`}
      >
        {rotate.data ? (
          <ShownKey
            apiKey={rotate.data.apiKey}
            text={rotate.data.key}
            previous={rotate.data.previous}
            onClose={close}
          />
        ) : (
          <OverlapForm
            verb={`Rotate key ${apiKey.name}`}
            error={rotate.error}
            pending={rotate.isPending}
            onRotate={(overlapHours) =>
              rotate.mutate({ apiKeyId: apiKey.id, overlapHours, ...place })
            }
            onLeave={close}
          >
            A new key is made with the same name and limits. The old one goes on for the overlap, so
            that {service.name} can change over without a pause; it can be revoked earlier.
          </OverlapForm>
        )}
      </Dialog>
    </>
  );
}
