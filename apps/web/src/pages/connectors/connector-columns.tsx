import type { Connector } from "@aic-sos/contract/connectors";
import { TriangleAlert } from "lucide-react";
import { CONNECTOR_WORDS } from "../../lib/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ConnectorMark } from "./connector-mark.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

export function connectorColumns(mayReplace: boolean): readonly Column<Connector>[] {
  return [
    {
      key: "name",
      header: "Connector",
      phone: "title",
      cell: (connector) => (
        <div style={{ display: "flex", alignItems: "center", gap: 10 }}>
          <ConnectorMark kind={connector.kind} />
          <div>
            <b style={{ fontWeight: 550 }}>{connector.name}</b>
            <div className="faint" style={{ fontSize: 12, lineHeight: "16px" }}>
              {CONNECTOR_WORDS[connector.kind]}
            </div>
          </div>
        </div>
      ),
    },
    {
      key: "address",
      header: "Address",
      cell: (connector) => <span className="mono clip">{Object.values(connector.config)[0]}</span>,
    },
    {
      key: "credentials",
      header: "Credentials",
      width: "220px",
      cell: (connector) => <Credentials connector={connector} />,
    },
    {
      key: "installed",
      header: "Installed",
      width: "120px",
      align: "right",
      phone: "hide",
      cell: (connector) => <RelativeTime instant={connector.createdAt} />,
    },
    ...(mayReplace
      ? [
          {
            key: "replace",
            header: "Actions",
            hidesHeader: true,
            width: "184px",
            align: "right",
            cell: (connector: Connector) => <ReplaceLink connector={connector} />,
          } as const,
        ]
      : []),
  ];
}

function Credentials({ connector }: { connector: Connector }) {
  if (!connector.hasCredentials) {
    return (
      <span
        style={{ display: "inline-flex", alignItems: "center", gap: 6, color: "var(--attention)" }}
      >
        <TriangleAlert size={15} aria-hidden /> None yet
      </span>
    );
  }
  return (
    <span>
      Sealed <span className="dim">since</span>{" "}
      <RelativeTime instant={connector.credentialsUpdatedAt} />
    </span>
  );
}

function ReplaceLink({ connector }: { connector: Connector }) {
  return (
    <LinkButton
      to="/w/$workspaceId/connectors"
      params={{ workspaceId: connector.workspaceId }}
      search={{ replace: connector.id }}
      variant="default"
      size="compact-sm"
    >
      {connector.hasCredentials ? "Replace credentials" : "Set credentials"}
    </LinkButton>
  );
}
