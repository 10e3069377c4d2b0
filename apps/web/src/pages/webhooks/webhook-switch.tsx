import type { Webhook } from "@aic-sos/contract/webhooks";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

/** Switches a webhook off, and on again. */
export function WebhookSwitch({ webhook: { id, name, state } }: { webhook: Webhook }) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const update = trpc.webhook.update.useMutation({
    onSuccess: async (changed) => {
      const words = changed.state === "active" ? "is told again" : "is switched off";
      notifications.show({ message: `${name} ${words}.` });
      await Promise.all([
        utils.webhook.list.invalidate(),
        utils.webhook.listDeliveries.invalidate(),
      ]);
    },
  });
  if (!may("webhook:update")) return null;
  if (state === "active") {
    return (
      <ConfirmButton
        action={`Switch ${name} off`}
        pending={update.isPending}
        error={update.error}
        onConfirm={() => update.mutate({ webhookId: id, state: "disabled" })}
        onReset={update.reset}
      >
        What happens while it is off is not told later. What waits to be delivered is given up, and
        can be repeated by hand.
      </ConfirmButton>
    );
  }
  return (
    <>
      <Button
        variant="default"
        loading={update.isPending}
        onClick={() => update.mutate({ webhookId: id, state: "active" })}
      >
        Switch {name} on
      </Button>
      {update.error && <ProblemNotice error={update.error} during="change" />}
    </>
  );
}
