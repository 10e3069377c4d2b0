import type { Webhook } from "@aic-sos/contract/webhooks";
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { RemoveWebhook } from "./remove-webhook.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { WebhookState } from "./webhook-columns.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { WebhookSwitch } from "./webhook-switch.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";

interface Props {
  readonly webhooks: readonly Webhook[] | undefined;
  /** The open one. */
  readonly webhookId: string | undefined;
  readonly onClose: () => void;
}

/** One webhook: what it was told, a test, and the switch. */
export function WebhookDrawer({ webhooks, webhookId, onClose }: Props) {
  const webhook = webhooks?.find(({ id }) => id === webhookId);
  return (
    <SideDrawer
      opened={webhookId !== undefined && webhooks !== undefined}
      onClose={onClose}
      size={560}
      title={webhook?.name ?? "Webhook"}
    >
      {webhook && <Opened key={webhook.id} webhook={webhook} onClose={onClose} />}
      {!webhook && webhookId !== undefined && (
        <div className="dim">This webhook is not there, or not any more.</div>
      )}
    </SideDrawer>
  );
}

function Opened({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const [editing, setEditing] = useState(false);
  const test = trpc.webhook.test.useMutation({
    onSuccess: () => utils.webhook.listDeliveries.invalidate({ webhookId: webhook.id }),
  });
  return (
    <Stack gap={24}>
      <Facts
        facts={[
          ["Address", <Address key="url" url={webhook.url} />],
          ["State", <WebhookState key="state" webhook={webhook} />],
          ...(webhook.failingSince === null
            ? []
            : ([
                ["Failing", <RelativeTime key="failing" instant={webhook.failingSince} />],
              ] as const)),
          ["Last delivery", <RelativeTime key="delivered" instant={webhook.lastDeliveredAt} />],
          ["Added", <RelativeTime key="created" instant={webhook.createdAt} />],
          ["By", <PersonName key="by" id={webhook.createdBy} />],
          ["Id", <ShortId key="id" id={webhook.id} of="webhook" whole />],
        ]}
      />
      <Panel
        title="Deliveries"
        aside={
          may("webhook:test") ? (
            <Button
              size="compact-sm"
              loading={test.isPending}
              onClick={() => test.mutate({ webhookId: webhook.id })}
            >
              Send a test
            </Button>
          ) : undefined
        }
      >
        {test.error && <ProblemNotice error={test.error} during="change" />}
        <DeliveryList webhook={webhook} />
      </Panel>
      <Group gap={8}>
        {may("webhook:update") && (
          <Button variant="default" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
        <RotateSecret webhook={webhook} />
        <WebhookSwitch webhook={webhook} />
        <RemoveWebhook webhook={webhook} onRemoved={onClose} />
      </Group>
      {editing && <WebhookDialog webhook={webhook} onClose={() => setEditing(false)} />}
    </Stack>
  );
}

function Address({ url }: { url: string }) {
  return (
    <span className="mono" style={{ overflowWrap: "anywhere" }}>
      {url}
    </span>
  );
}
