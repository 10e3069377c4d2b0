import type { Webhook } from "@aic-sos/contract/webhooks";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { WEBHOOK_COLUMNS } from "./webhook-columns.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { WebhookDrawer } from "./webhook-drawer.tsx";

const route = getRouteApi("/w/$workspaceId/security");

/** Who else hears of security events, as they happen. */
export function WebhooksPanel() {
  const { may } = useWorkspace();
  const { dialog, webhook } = route.useSearch();
  const navigate = route.useNavigate();
  const list = trpc.webhook.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const close = () =>
    navigate({ search: (before) => ({ ...before, dialog: undefined, webhook: undefined }) });
  const add = may("webhook:create") ? (
    <Button
      variant="default"
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => navigate({ search: (before) => ({ ...before, dialog: "webhook" }) })}
    >
      Add webhook
    </Button>
  ) : undefined;
  return (
    <Panel title="Webhooks" aside={add}>
      <ListBody<Webhook>
        label="Webhooks"
        query={list}
        columns={WEBHOOK_COLUMNS}
        itemKey={(item) => item.id}
        empty={
          <EmptyState title="Nobody else is told">
            A webhook sends each security event of the tenant to an address of yours, such as a
            SIEM, within seconds: signed, with ids and a type and nothing else.
          </EmptyState>
        }
      />
      <WebhookDrawer webhooks={itemsOf<Webhook>(list)} webhookId={webhook} onClose={close} />
      {dialog === "webhook" && may("webhook:create") && (
        <WebhookDialog webhook={null} onClose={close} />
      )}
    </Panel>
  );
}
