import type { AppSession } from "@aic-sos/contract/app-sessions";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

export const APP_COLUMNS: readonly Column<AppSession>[] = [
  {
    key: "app",
    header: "App",
    phone: "title",
    cell: ({ app }) => <b style={{ fontWeight: 550 }}>{app}</b>,
  },
  {
    key: "device",
    header: "Let in from",
    cell: ({ device }) => device ?? <span className="faint">not known</span>,
  },
  {
    key: "where",
    header: "May act in",
    cell: ({ workspaceId }) => <Where workspaceId={workspaceId} />,
  },
  {
    key: "used",
    header: "Last used",
    width: "120px",
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? (
        <span className="faint">never</span>
      ) : (
        <RelativeTime instant={lastUsedAt} />
      ),
  },
  {
    key: "ends",
    header: "Ends",
    width: "140px",
    phone: "hide",
    cell: ({ endsAt }) => <RelativeTime instant={endsAt} />,
  },
  {
    key: "end",
    header: "Sign it out",
    hidesHeader: true,
    width: "112px",
    align: "right",
    cell: (app) => <RevokeApp app={app} />,
  },
];

function Where({ workspaceId }: { workspaceId: string | null }) {
  const { me } = useWorkspace();
  if (workspaceId === null) return "all of yours";
  return me.workspaces.find(({ id }) => id === workspaceId)?.name ?? "a workspace";
}

function RevokeApp({ app }: { app: AppSession }) {
  const utils = trpc.useUtils();
  const revoke = trpc.appSession.revoke.useMutation({
    onSuccess: async () => {
      notifications.show({ message: `${app.app} is signed out.` });
      await utils.appSession.list.invalidate();
    },
  });
  return (
    <ConfirmButton
      action={`Sign ${app.app} out`}
      label="Sign out"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ appSessionId: app.id })}
      onReset={revoke.reset}
    >
      It is refused at its next request, and has to be let in again.
    </ConfirmButton>
  );
}
