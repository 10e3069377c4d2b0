import type { Member } from "@aic-sos/contract/members";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MEMBER_COLUMNS } from "./member-columns.tsx";
import { MemberDrawer } from "./member-drawer.tsx";
import { RoleMatrix } from "./role-matrix.tsx";

const route = getRouteApi("/w/$workspaceId/members");

const TABS = [
  { value: "people", label: "People" },
  { value: "invitations", label: "Invitations" },
  { value: "roles", label: "What roles allow" },
] as const;

/** Who is here and what may they do? */
export function MembersPage() {
  const { may } = useWorkspace();
  const { tab, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = tab ?? "people";
  return (
    <Page
      title="Members"
      lead="Who is here, and what each of them may do."
      crumbs={[{ label: "Members" }]}
      actions={
        may("member:invite") ? (
          <Button
            leftSection={<UserPlus size={14} aria-hidden />}
            onClick={() => navigate({ search: (before) => ({ ...before, dialog: "invite" }) })}
          >
            Invite person
          </Button>
        ) : undefined
      }
    >
      <FilterRow>
        <FilterChips
          label="View"
          value={shown}
          choices={TABS}
          onChange={(value) =>
            navigate({ search: { tab: value === "people" ? undefined : value } })
          }
        />
      </FilterRow>
      {shown === "people" && <People />}
      {shown === "invitations" && <InvitationList />}
      {shown === "roles" && <RoleMatrix />}
      {may("member:invite") && (
        <InviteDialog
          opened={dialog === "invite"}
          onClose={() => navigate({ search: (before) => ({ ...before, dialog: undefined }) })}
        />
      )}
    </Page>
  );
}

function People() {
  const { id: workspaceId, may } = useWorkspace();
  const { member } = route.useSearch();
  const navigate = route.useNavigate();
  const list = trpc.member.list.useInfiniteQuery(
    { workspaceId, limit: 20 },
    { enabled: may("member:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  if (!may("member:read")) return <NotAllowed permission="member:read" />;
  const opened = itemsOf<Member>(list)?.find((item) => item.id === member);
  return (
    <>
      <ListBody<Member>
        label="Members"
        query={list}
        columns={MEMBER_COLUMNS}
        itemKey={(item) => item.id}
        empty={
          <EmptyState title="Nobody here">
            Invite the first person; they come in through their own sign-in.
          </EmptyState>
        }
      />
      <MemberDrawer
        member={opened}
        onClose={() => navigate({ search: (before) => ({ ...before, member: undefined }) })}
      />
    </>
  );
}
