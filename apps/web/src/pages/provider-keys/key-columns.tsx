import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import { PROVIDER_WORDS } from "../../lib/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { KeyHealth } from "./key-health.tsx";
import { ValidateButton } from "./validate-button.tsx";

export function keyColumns(mayValidate: boolean): readonly Column<ProviderKey>[] {
  return [
    {
      key: "name",
      header: "Key",
      phone: "title",
      cell: (key) => (
        <div>
          <b style={{ fontWeight: 550 }}>{key.name}</b>
          <div className="faint clip" style={{ fontSize: 12, lineHeight: "16px" }}>
            {PROVIDER_WORDS[key.provider]}
            {key.endpoint !== null && ` · ${new URL(key.endpoint).host}`}
          </div>
        </div>
      ),
    },
    {
      key: "last",
      header: "Ends in",
      width: "104px",
      cell: (key) => <span className="mono">…{key.lastFour}</span>,
    },
    {
      key: "health",
      header: "Health",
      width: "220px",
      cell: (key) => <KeyHealth providerKey={key} />,
    },
    {
      key: "version",
      header: "Version",
      width: "80px",
      phone: "hide",
      cell: (key) => `v${key.version}`,
    },
    {
      key: "created",
      header: "Stored",
      width: "240px",
      phone: "hide",
      cell: (key) => (
        <span>
          <RelativeTime instant={key.createdAt} /> <span className="dim">by</span>{" "}
          <PersonName id={key.createdBy} />
        </span>
      ),
    },
    ...(mayValidate
      ? [
          {
            key: "validate",
            header: "Actions",
            hidesHeader: true,
            width: "112px",
            align: "right",
            cell: (key: ProviderKey) => <ValidateButton providerKey={key} />,
          } as const,
        ]
      : []),
  ];
}
