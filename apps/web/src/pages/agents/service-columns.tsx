import type { Service } from "@aic-sos/contract/services";
import { Link } from "@tanstack/react-router";
import { counted } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type Column, rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { BindingChips } from "../members/binding-chips.tsx";

export const SERVICE_COLUMNS: readonly Column<Service>[] = [
  { key: "name", header: "Service", phone: "title", cell: (service) => <Name service={service} /> },
  { key: "roles", header: "Roles", cell: (service) => <BindingChips member={service} /> },
  {
    key: "keys",
    header: "Keys",
    width: "220px",
    cell: (service) => <Keys service={service} />,
  },
  {
    key: "state",
    header: "State",
    width: "112px",
    cell: (service) =>
      service.state === "active" ? "Active" : <ToneChip tone="attention">Disabled</ToneChip>,
  },
  {
    key: "used",
    header: "Last use",
    width: "120px",
    align: "right",
    cell: (service) => <RelativeTime instant={service.lastUsedAt} />,
  },
];

function Name({ service }: { service: Service }) {
  const { id: workspaceId } = useWorkspace();
  return (
    <Link
      to="/w/$workspaceId/agents"
      params={{ workspaceId }}
      search={{ service: service.id }}
      {...rowLink}
    >
      {service.name}
    </Link>
  );
}

function Keys({ service: { liveKeys, keysEndAt } }: { service: Service }) {
  if (liveKeys === 0) return <span className="faint">none that works</span>;
  return (
    <span>
      {counted(liveKeys, "key")}
      {keysEndAt !== null && (
        <span className="dim">
          , last ends <RelativeTime instant={keysEndAt} />
        </span>
      )}
    </span>
  );
}
