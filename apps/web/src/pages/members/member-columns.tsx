import type { Member } from "@aic-sos/contract/members";
import { Link } from "@tanstack/react-router";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { type Column, rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { BindingChips } from "./binding-chips.tsx";

export const MEMBER_COLUMNS: readonly Column<Member>[] = [
  { key: "name", header: "Person", phone: "title", cell: (member) => <Who member={member} /> },
  { key: "roles", header: "Roles", cell: (member) => <BindingChips member={member} /> },
  {
    key: "state",
    header: "State",
    width: "112px",
    cell: (member) =>
      member.state === "active" ? "Active" : <ToneChip tone="attention">Disabled</ToneChip>,
  },
  {
    key: "seen",
    header: "Last seen",
    width: "120px",
    align: "right",
    cell: (member) => <RelativeTime instant={member.lastSeenAt} />,
  },
];

function Who({ member }: { member: Member }) {
  const { id: workspaceId, me } = useWorkspace();
  return (
    <div style={{ display: "flex", alignItems: "center", gap: 10 }}>
      <Avatar name={member.displayName} />
      <div style={{ minWidth: 0 }}>
        <Link
          to="/w/$workspaceId/members"
          params={{ workspaceId }}
          search={{ member: member.id }}
          {...rowLink}
        >
          {member.displayName}
        </Link>
        {member.id === me.principal.id && <span className="faint"> (you)</span>}
        <div className="faint clip" style={{ fontSize: 12, lineHeight: "16px" }}>
          {member.kind === "service" ? "service" : member.email}
        </div>
      </div>
    </div>
  );
}
