import type { Session } from "@aic-sos/contract/sessions";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";

export const SESSION_COLUMNS: readonly Column<Session>[] = [
  {
    key: "device",
    header: "Device",
    phone: "title",
    cell: (session) => (
      <span>
        <b style={{ fontWeight: 550 }}>{deviceWords(session)}</b>{" "}
        {session.current && <ToneChip tone="accent">This one</ToneChip>}
      </span>
    ),
  },
  {
    key: "address",
    header: "Signed in from",
    cell: ({ address }) =>
      address === null ? (
        <span className="faint">not known</span>
      ) : (
        <span className="mono">{address}</span>
      ),
  },
  {
    key: "began",
    header: "Signed in",
    width: "120px",
    phone: "hide",
    cell: (session) => <RelativeTime instant={session.createdAt} />,
  },
  {
    key: "seen",
    header: "Last seen",
    width: "120px",
    cell: (session) => <RelativeTime instant={session.lastSeenAt} />,
  },
  {
    key: "ends",
    header: "Ends",
    width: "140px",
    phone: "hide",
    cell: ({ idleEndsAt, endsAt }) => (
      <RelativeTime instant={idleEndsAt < endsAt ? idleEndsAt : endsAt} />
    ),
  },
  {
    key: "end",
    header: "End it",
    hidesHeader: true,
    width: "112px",
    align: "right",
    cell: (session) => (session.current ? null : <RevokeSession session={session} />),
  },
];

function deviceWords({ device }: Session): string {
  return device ?? "An unknown device";
}

function RevokeSession({ session }: { session: Session }) {
  const utils = trpc.useUtils();
  const device = deviceWords(session);
  const revoke = trpc.session.revoke.useMutation({
    onSuccess: async () => {
      notifications.show({ message: `The session on ${device} has ended.` });
      await utils.session.list.invalidate();
    },
  });
  return (
    <ConfirmButton
      action={`End the session on ${device}`}
      label="End"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ sessionId: session.id })}
      onReset={revoke.reset}
    >
      That browser is signed out at its next click.
    </ConfirmButton>
  );
}
