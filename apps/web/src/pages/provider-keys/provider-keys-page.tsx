import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { AddKeyDialog } from "./add-key-dialog.tsx";
import { keyColumns } from "./key-columns.tsx";

const route = getRouteApi("/w/$workspaceId/provider-keys");

/** Do our keys work, and where do they live? */
export function ProviderKeysPage() {
  const { id: workspaceId, region, may } = useWorkspace();
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const list = trpc.providerKey.list.useInfiniteQuery(
    { workspaceId, limit: 20 },
    { enabled: may("provider_key:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const isEmpty = itemsOf<ProviderKey>(list)?.length === 0;
  const addButton = may("provider_key:create") ? (
    <Button
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => navigate({ search: { dialog: "add" } })}
    >
      Add key
    </Button>
  ) : undefined;
  return (
    <Page
      title="Provider keys"
      lead={`Your own keys for language models, sealed in ${region}. A key is never shown again, only its last four characters.`}
      crumbs={[{ label: "Provider keys" }]}
      actions={isEmpty ? undefined : addButton}
    >
      {may("provider_key:read") ? (
        <ListBody<ProviderKey>
          label="Provider keys"
          query={list}
          columns={keyColumns(may("provider_key:validate"))}
          itemKey={(key) => key.id}
          empty={
            <EmptyState title="No key yet" action={addButton}>
              Steps that use a language model call the provider with your own key. Store one for
              OpenAI, Azure OpenAI or Anthropic; it is sealed before it is written.
            </EmptyState>
          }
        />
      ) : (
        <NotAllowed permission="provider_key:read" />
      )}
      {may("provider_key:create") && (
        <AddKeyDialog opened={dialog === "add"} onClose={() => navigate({ search: {} })} />
      )}
    </Page>
  );
}
