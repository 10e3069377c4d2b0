import type { Connector } from "@aic-sos/contract/connectors";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { connectorColumns } from "./connector-columns.tsx";
import { InstallDialog } from "./install-dialog.tsx";
import { ReplaceCredentialsDialog } from "./replace-credentials-dialog.tsx";

const route = getRouteApi("/w/$workspaceId/connectors");

/** What are we connected to? */
export function ConnectorsPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { dialog, replace } = route.useSearch();
  const navigate = route.useNavigate();
  const list = trpc.connector.list.useInfiniteQuery(
    { workspaceId, limit: 20 },
    { enabled: may("connector:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const close = () => navigate({ search: {} });
  const replaced = itemsOf<Connector>(list)?.find((connector) => connector.id === replace);
  const isEmpty = itemsOf<Connector>(list)?.length === 0;
  const installButton = may("connector:install") ? (
    <Button
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => navigate({ search: { dialog: "install" } })}
    >
      Install connector
    </Button>
  ) : undefined;
  return (
    <Page
      title="Connectors"
      lead="What workflows of this workspace may act on. Credentials are sealed and used, never shown."
      crumbs={[{ label: "Connectors" }]}
      actions={isEmpty ? undefined : installButton}
    >
      {may("connector:read") ? (
        <ListBody<Connector>
          label="Connectors"
          query={list}
          columns={connectorColumns(may("connector_credentials:update"))}
          itemKey={(connector) => connector.id}
          empty={
            <EmptyState title="Not connected to anything" action={installButton}>
              A step that uses a connector acts on another system: ServiceNow, or any address that
              takes a signed webhook.
            </EmptyState>
          }
        />
      ) : (
        <NotAllowed permission="connector:read" />
      )}
      {may("connector:install") && <InstallDialog opened={dialog === "install"} onClose={close} />}
      {may("connector_credentials:update") && replaced && (
        <ReplaceCredentialsDialog key={replaced.id} connector={replaced} onClose={close} />
      )}
    </Page>
  );
}
