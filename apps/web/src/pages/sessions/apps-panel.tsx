import type { AppSession } from "@aic-sos/contract/app-sessions";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { APP_COLUMNS } from "./app-columns.tsx";

/** The apps and devices that act as oneself. */
export function AppsPanel() {
  const list = trpc.appSession.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const some = (itemsOf<AppSession>(list)?.length ?? 0) > 0;
  return (
    <Panel title="Apps and devices" aside={some ? <RevokeAll /> : undefined}>
      <ListBody<AppSession>
        label="Apps and devices"
        query={list}
        columns={APP_COLUMNS}
        itemKey={(app) => app.id}
        empty={
          <EmptyState title="No app is signed in">
            Command lines, scripts and apps that you let in act as you. They show here, and can be
            signed out here.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function RevokeAll() {
  const utils = trpc.useUtils();
  const revoke = trpc.appSession.revokeAll.useMutation({
    onSuccess: async ({ ids }) => {
      notifications.show({ message: `${counted(ids.length, "app")} signed out.` });
      await utils.appSession.list.invalidate();
    },
  });
  return (
    <ConfirmButton
      action="Sign all apps out"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({})}
      onReset={revoke.reset}
    >
      Each of them is refused at its next request, and has to be let in again.
    </ConfirmButton>
  );
}
