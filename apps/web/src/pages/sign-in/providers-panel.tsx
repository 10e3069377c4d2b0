import type { IdentityProvider } from "@aic-sos/contract/identity-providers";
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { ProviderActions } from "./provider-actions.tsx";
import { ProviderDialog } from "./provider-dialog.tsx";

/** The tenant's own OpenID providers; until there is one, the deployment's. */
export function ProvidersPanel() {
  const { may } = useWorkspace();
  const [edited, setEdited] = useState<IdentityProvider | "new" | null>(null);
  const list = trpc.identityProvider.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const add = may("identity_provider:create") ? (
    <Button
      variant="default"
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => setEdited("new")}
    >
      Add provider
    </Button>
  ) : undefined;
  return (
    <Panel title="Identity providers" aside={add}>
      <ListBody<IdentityProvider>
        label="Identity providers"
        query={list}
        columns={columns(setEdited)}
        itemKey={(provider) => provider.id}
        empty={
          <EmptyState title="None of your own yet">
            People sign in by the provider of this deployment. Once you add your own, only yours
            counts. Who came in by the other one comes in again where you have proved the domain of
            their address or invite them anew.
          </EmptyState>
        }
      />
      {edited !== null && (
        <ProviderDialog
          key={edited === "new" ? "new" : edited.id}
          provider={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

type OnEdit = (provider: IdentityProvider) => void;

function columns(onEdit: OnEdit): readonly Column<IdentityProvider>[] {
  return [
    ...COLUMNS,
    {
      key: "actions",
      header: "Actions",
      width: "260px",
      align: "right",
      cell: (provider) => <ProviderActions provider={provider} onEdit={() => onEdit(provider)} />,
    },
  ];
}

const COLUMNS: readonly Column<IdentityProvider>[] = [
  {
    key: "name",
    header: "Provider",
    phone: "title",
    cell: ({ name, issuer }) => (
      <div>
        <b style={{ fontWeight: 550 }}>{name}</b>
        <div className="faint clip mono" style={{ fontSize: 12, lineHeight: "16px" }}>
          {issuer}
        </div>
      </div>
    ),
  },
  {
    key: "domains",
    header: "Speaks alone for",
    width: "200px",
    phone: "hide",
    cell: ({ emailDomains }) =>
      emailDomains.length === 0 ? <span className="faint">—</span> : emailDomains.join(", "),
  },
  {
    key: "state",
    header: "State",
    width: "112px",
    cell: ({ state }) =>
      state === "active" ? "Active" : <ToneChip tone="attention">Switched off</ToneChip>,
  },
];
