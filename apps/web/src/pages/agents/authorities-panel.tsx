import type { ClientAuthority } from "@aic-sos/contract/client-authorities";
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { RegisterAuthorityDialog } from "./register-authority-dialog.tsx";
import { RemoveAuthority } from "./remove-authority.tsx";

/** CAs whose certificates let the tenant's services in without a key. */
export function AuthoritiesPanel() {
  const { may } = useWorkspace();
  const [registering, setRegistering] = useState(false);
  const list = trpc.clientAuthority.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const namePrefix = list.data?.pages[0]?.namePrefix ?? null;
  const taken = list.data === undefined || namePrefix !== null;
  const register =
    may("client_authority:register") && taken ? (
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => setRegistering(true)}
      >
        Register CA
      </Button>
    ) : undefined;
  return (
    <Panel title="Certificate authorities" aside={register}>
      {namePrefix !== null && (
        <div className="dim">
          A service may call with a certificate under one of these CAs, if its one URI is{" "}
          <span className="mono">{namePrefix}</span>, followed by the service’s name.
        </div>
      )}
      <ListBody<ClientAuthority>
        label="Certificate authorities"
        query={list}
        columns={COLUMNS}
        itemKey={(authority) => authority.id}
        empty={
          <EmptyState title="No CA yet">
            {taken
              ? "Services call with keys. Register a CA of yours, and what it issues for a service lets that service in."
              : "Services call with keys: this deployment takes no client certificates."}
          </EmptyState>
        }
      />
      {registering && <RegisterAuthorityDialog onClose={() => setRegistering(false)} />}
    </Panel>
  );
}

const COLUMNS: readonly Column<ClientAuthority>[] = [
  {
    key: "name",
    header: "CA",
    phone: "title",
    cell: ({ name, subject }) => (
      <span>
        <b style={{ fontWeight: 550 }}>{name}</b> <span className="dim">{subject}</span>
      </span>
    ),
  },
  {
    key: "fingerprint",
    header: "SHA-256",
    width: "140px",
    phone: "hide",
    cell: ({ fingerprint }) => <ShortId id={fingerprint} of="fingerprint" />,
  },
  {
    key: "ends",
    header: "Ends",
    width: "120px",
    align: "right",
    cell: ({ notAfter }) => <RelativeTime instant={notAfter} />,
  },
  {
    key: "used",
    header: "Last use",
    width: "120px",
    align: "right",
    cell: ({ lastUsedAt }) => <RelativeTime instant={lastUsedAt} />,
  },
  {
    key: "actions",
    header: "Actions",
    width: "120px",
    align: "right",
    cell: (authority) => <RemoveAuthority authority={authority} />,
  },
];
