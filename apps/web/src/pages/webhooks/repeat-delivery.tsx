import type { Webhook, WebhookDelivery } from "@aic-sos/contract/webhooks";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { failureOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";

interface Props {
  readonly webhook: Webhook;
  readonly delivery: WebhookDelivery;
}

/** Delivers once more; the receiver can tell by the id that it is the same message. */
export function RepeatDelivery({ webhook, delivery }: Props) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const repeat = trpc.webhook.repeatDelivery.useMutation({
    onSuccess: () => utils.webhook.listDeliveries.invalidate({ webhookId: webhook.id }),
    onError: (error) => {
      const failure = failureOf(error);
      const message = failure.kind === "problem" ? failure.problem.detail : failure.message;
      notifications.show({ color: "red", title: "It is not delivered again", message });
    },
  });
  if (!may("webhook_delivery:repeat")) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={repeat.isPending}
      onClick={() => repeat.mutate({ webhookId: webhook.id, deliveryId: delivery.id })}
      aria-label={`Deliver again: ${delivery.type}`}
    >
      Deliver again
    </Button>
  );
}
