import { SECRET_OVERLAP_HOURS, type Webhook } from "@aic-sos/contract/webhooks";
import { Button, Group, Stack } from "@mantine/core";
import { SecretOnce } from "../../ui/secret-once.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly secret: string;
  /** It takes the place of another one. */
  readonly rotated?: boolean;
  readonly onClose: () => void;
}

/** The only moment in which a webhook's secret can be seen. */
export function ShownSecret({ webhook, secret, rotated = false, onClose }: Props) {
  return (
    <Stack gap={16}>
      <div>
        This is the secret of <b>{webhook.name}</b>. It is shown <b>only now</b>: put it where the
        receiver verifies signatures by it.
      </div>
      <SecretOnce label="Secret" text={secret} />
      {rotated && (
        <div className="dim">
          For {SECRET_OVERLAP_HOURS} hours the former secret signs as well, so nothing is lost while
          you change over.
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>I have stored it</Button>
      </Group>
    </Stack>
  );
}
