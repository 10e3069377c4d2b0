import type { Invitation } from "@aic-sos/contract/invitations";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { EVERYWHERE } from "../../api/workspace-header.ts";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { useScopeWords } from "./binding-chips.tsx";

export const INVITATION_COLUMNS: readonly Column<Invitation>[] = [
  {
    key: "email",
    header: "Invited",
    phone: "title",
    cell: ({ email }) => email ?? <span className="dim">whoever has the link</span>,
  },
  { key: "role", header: "As", cell: (invitation) => <RoleAndScope invitation={invitation} /> },
  {
    key: "by",
    header: "By",
    width: "200px",
    phone: "hide",
    cell: ({ createdBy }) =>
      createdBy === null ? (
        <span className="dim">the platform</span>
      ) : (
        <PersonName id={createdBy} />
      ),
  },
  {
    key: "ends",
    header: "Ends",
    width: "140px",
    cell: ({ state, expiresAt }) =>
      state === "ended" ? (
        <ToneChip tone="plain">Ended</ToneChip>
      ) : (
        <RelativeTime instant={expiresAt} />
      ),
  },
  {
    key: "revoke",
    header: "Revoke",
    hidesHeader: true,
    width: "112px",
    align: "right",
    cell: (invitation) => <RevokeInvitation invitation={invitation} />,
  },
];

function RoleAndScope({ invitation }: { invitation: Invitation }) {
  const scopeWords = useScopeWords();
  return (
    <span>
      {ROLE_WORDS[invitation.role]} <span className="dim">{scopeWords(invitation)}</span>
    </span>
  );
}

function RevokeInvitation({ invitation: { id, email, workspaceId } }: { invitation: Invitation }) {
  const { may, mayEverywhere } = useWorkspace();
  const isEverywhere = workspaceId === null;
  const utils = trpc.useUtils();
  const whom = email ?? "this invitation";
  const revoke = trpc.invitation.revoke.useMutation({
    trpc: isEverywhere ? EVERYWHERE : {},
    onSuccess: async () => {
      notifications.show({ message: `The invitation of ${whom} is revoked.` });
      await utils.invitation.list.invalidate();
    },
  });
  const mayRevoke = isEverywhere ? mayEverywhere("invitation:revoke") : may("invitation:revoke");
  if (!mayRevoke) return null;
  return (
    <ConfirmButton
      action={`Revoke the invitation of ${whom}`}
      label="Revoke"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ invitationId: id, workspaceId: workspaceId ?? undefined })}
      onReset={revoke.reset}
    >
      Its link leads nowhere from then on. The person can be invited again.
    </ConfirmButton>
  );
}
