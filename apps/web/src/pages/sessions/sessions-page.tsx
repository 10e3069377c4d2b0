import type { Session, SessionLimits } from "@aic-sos/contract/sessions";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { counted, spanWords } from "../../lib/words.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { Page } from "../../ui/page.tsx";
import { AppsPanel } from "./apps-panel.tsx";
import { SESSION_COLUMNS } from "./session-columns.tsx";

/** Where am I signed in? */
export function SessionsPage() {
  const list = trpc.session.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const others = itemsOf<Session>(list)?.filter((session) => !session.current).length ?? 0;
  return (
    <Page
      title="Your sessions"
      lead={leadOf(list.data?.pages[0]?.limits)}
      crumbs={[{ label: "Your sessions" }]}
      actions={others > 0 ? <RevokeOthers /> : undefined}
    >
      <ListBody<Session>
        label="Your sessions"
        query={list}
        columns={SESSION_COLUMNS}
        itemKey={(session) => session.id}
        empty={
          <EmptyState title="No session">You did not sign in with a browser just now.</EmptyState>
        }
      />
      <AppsPanel />
    </Page>
  );
}

function leadOf(limits: SessionLimits | undefined): string {
  const what = "The browsers in which you are signed in to this tenant.";
  if (!limits) return what;
  const { idleMinutes, absoluteMinutes } = limits;
  return `${what} One that is not used ends after ${spanWords(idleMinutes)}, and every one after ${spanWords(absoluteMinutes)}.`;
}

function RevokeOthers() {
  const utils = trpc.useUtils();
  const revoke = trpc.session.revokeOthers.useMutation({
    onSuccess: async ({ ids }) => {
      notifications.show({ message: `${counted(ids.length, "other session")} ended.` });
      await utils.session.list.invalidate();
    },
  });
  return (
    <ConfirmButton
      action="End all other sessions"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({})}
      onReset={revoke.reset}
    >
      Every other browser is signed out at its next click. You stay signed in here.
    </ConfirmButton>
  );
}
