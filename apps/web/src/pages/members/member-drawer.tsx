import type { Member } from "@aic-sos/contract/members";
import { Stack } from "@mantine/core";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { GrantRoleForm } from "./grant-role-form.tsx";
import { MemberExit } from "./member-exit.tsx";
import { MemberBindings } from "./member-bindings.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";

/** One member: who it is, which roles, and the change of them where one may. */
export function MemberDrawer({
  member,
  onClose,
}: {
  member: Member | undefined;
  onClose: () => void;
}) {
  const { id: workspaceId, may } = useWorkspace();
  return (
    <SideDrawer opened={member !== undefined} onClose={onClose} title={member?.displayName}>
      {member && (
        <Stack gap={24}>
          <Facts
            facts={[
              ["Email", member.email ?? "none"],
              ["Kind", member.kind === "service" ? "Service" : "Person"],
              ["State", member.state === "active" ? "Active" : "Disabled"],
              ["Last seen", <RelativeTime key="seen" instant={member.lastSeenAt} />],
              ["Id", <ShortId key="id" id={member.id} of="member" whole />],
            ]}
          />
          <Panel title="Roles">
            <MemberBindings member={member} />
          </Panel>
          {may("role:grant") && (
            <Panel title="Give a role">
              <GrantRoleForm key={member.id} member={member} />
            </Panel>
          )}
          {may("audit_event:read") && (
            <div>
              <LinkButton
                to="/w/$workspaceId/audit"
                params={{ workspaceId }}
                search={{ actor: member.id, class: "everything" }}
                variant="default"
              >
                What {member.displayName} did
              </LinkButton>
            </div>
          )}
          <MemberExit member={member} onRemoved={onClose} />
        </Stack>
      )}
    </SideDrawer>
  );
}
