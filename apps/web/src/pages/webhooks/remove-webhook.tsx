import type { Webhook } from "@aic-sos/contract/webhooks";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly onRemoved: () => void;
}

export function RemoveWebhook({ webhook: { id, name }, onRemoved }: Props) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const remove = trpc.webhook.remove.useMutation({
    onSuccess: async () => {
      notifications.show({ message: `${name} is removed.` });
      onRemoved();
      await utils.webhook.list.invalidate();
    },
  });
  if (!may("webhook:remove")) return null;
  return (
    <ConfirmButton
      action={`Remove ${name}`}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ webhookId: id })}
      onReset={remove.reset}
    >
      It is told nothing more, also not what waits to be delivered. Its secret and the list of its
      deliveries go with it; the events stay.
    </ConfirmButton>
  );
}
