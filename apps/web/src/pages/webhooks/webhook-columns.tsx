import type { Webhook } from "@aic-sos/contract/webhooks";
import { Link } from "@tanstack/react-router";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type Column, rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";

export const WEBHOOK_COLUMNS: readonly Column<Webhook>[] = [
  { key: "name", header: "Webhook", phone: "title", cell: (webhook) => <Name webhook={webhook} /> },
  {
    key: "state",
    header: "State",
    width: "132px",
    cell: (webhook) => <WebhookState webhook={webhook} />,
  },
  {
    key: "delivered",
    header: "Last delivery",
    width: "132px",
    align: "right",
    cell: (webhook) => <RelativeTime instant={webhook.lastDeliveredAt} />,
  },
];

function Name({ webhook }: { webhook: Webhook }) {
  const { id: workspaceId } = useWorkspace();
  return (
    <div>
      <Link
        to="/w/$workspaceId/security"
        params={{ workspaceId }}
        search={{ webhook: webhook.id }}
        {...rowLink}
      >
        {webhook.name}
      </Link>
      <div className="faint clip mono" style={{ fontSize: 12, lineHeight: "16px" }}>
        {webhook.url}
      </div>
    </div>
  );
}

/** Whether it takes what it is told. */
export function WebhookState({ webhook: { state, failingSince } }: { webhook: Webhook }) {
  if (state === "disabled") return <ToneChip tone="plain">Switched off</ToneChip>;
  return failingSince === null ? "Active" : <ToneChip tone="attention">Failing</ToneChip>;
}
