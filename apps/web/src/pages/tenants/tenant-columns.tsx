import type { Tenant } from "@aic-sos/contract/tenants";
import { regionLook } from "../../lib/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";

export const TENANT_COLUMNS: readonly Column<Tenant>[] = [
  {
    key: "slug",
    header: "Tenant",
    phone: "title",
    cell: ({ slug, name }) => (
      <span>
        <b style={{ fontWeight: 550 }}>{slug}</b> <span className="dim">{name}</span>
      </span>
    ),
  },
  {
    key: "region",
    header: "Region",
    width: "160px",
    cell: ({ region }) => {
      const { label, tone } = regionLook(region);
      return (
        <ToneChip tone={tone}>
          <b>{label}</b> {region}
        </ToneChip>
      );
    },
  },
  {
    key: "state",
    header: "State",
    width: "128px",
    cell: ({ state }) =>
      state === "active" ? "Active" : <ToneChip tone="attention">Offboarded</ToneChip>,
  },
  {
    key: "created",
    header: "Created",
    width: "140px",
    phone: "hide",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
  {
    key: "id",
    header: "Id",
    width: "140px",
    phone: "hide",
    cell: ({ id }) => <ShortId id={id} of="tenant" />,
  },
];
