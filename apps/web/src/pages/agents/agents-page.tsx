import type { Service } from "@aic-sos/contract/services";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { AuthoritiesPanel } from "./authorities-panel.tsx";
import { CreateServiceDialog } from "./create-service-dialog.tsx";
import { SERVICE_COLUMNS } from "./service-columns.tsx";
import { ServiceDrawer } from "./service-drawer.tsx";

const route = getRouteApi("/w/$workspaceId/agents");

/** What may call us? */
export function AgentsPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { dialog, service } = route.useSearch();
  const navigate = route.useNavigate();
  const list = trpc.service.list.useInfiniteQuery(
    { workspaceId, limit: 20 },
    { enabled: may("service:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const services = itemsOf<Service>(list);
  const createButton = may("service:create") ? (
    <Button
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => navigate({ search: { dialog: "create" } })}
    >
      Create service
    </Button>
  ) : undefined;
  return (
    <Page
      title="Agents, keys"
      lead="Programs that call this workspace, and the keys they call with. A key is shown once, when it is made."
      crumbs={[{ label: "Agents, keys" }]}
      actions={services?.length === 0 ? undefined : createButton}
    >
      {may("service:read") ? (
        <ListBody<Service>
          label="Services"
          query={list}
          columns={SERVICE_COLUMNS}
          itemKey={(item) => item.id}
          empty={
            <EmptyState title="No service yet" action={createButton}>
              A service is a program with roles of its own: a pipeline, an agent, a script. Create
              one, then make a key for it.
            </EmptyState>
          }
        />
      ) : (
        <NotAllowed permission="service:read" />
      )}
      {may("client_authority:read") && <AuthoritiesPanel />}
      <ServiceDrawer
        service={services?.find((item) => item.id === service)}
        onClose={() => navigate({ search: {} })}
      />
      {may("service:create") && (
        <CreateServiceDialog
          opened={dialog === "create"}
          onClose={(id) => navigate({ search: id === undefined ? {} : { service: id } })}
        />
      )}
    </Page>
  );
}
