import type { Invitation } from "@aic-sos/contract/invitations";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { INVITATION_COLUMNS } from "./invitation-columns.tsx";

/** Who was invited and has not come yet. */
export function InvitationList() {
  const { id: workspaceId, may } = useWorkspace();
  const list = trpc.invitation.list.useInfiniteQuery(
    { workspaceId, limit: 20 },
    { enabled: may("invitation:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  if (!may("invitation:read")) return <NotAllowed permission="invitation:read" />;
  return (
    <ListBody<Invitation>
      label="Invitations"
      query={list}
      columns={INVITATION_COLUMNS}
      itemKey={(invitation) => invitation.id}
      empty={
        <EmptyState title="No open invitation">
          Everybody who was invited has come in, or their invitation was revoked.
        </EmptyState>
      }
    />
  );
}
