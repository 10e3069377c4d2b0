import type { AuditSearch } from "../../app/page-search.ts";
import type { AuditFilterValues } from "../../lib/audit-query.ts";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { FilterMenu } from "./filter-menu.tsx";
import { PlaceChips } from "./place-chips.tsx";
import type { useAuditScope } from "./use-audit-scope.ts";

const VIEWS = [
  { value: "change", label: "Changes" },
  { value: "decision", label: "Decisions" },
  { value: "security", label: "Security" },
  { value: "everything", label: "Everything" },
] as const;

interface Props {
  readonly view: NonNullable<AuditSearch["class"]>;
  readonly values: AuditFilterValues;
  readonly scope: ReturnType<typeof useAuditScope>;
  readonly onChange: (search: AuditSearch) => void;
}

/** Which events: of what class, where, by whom, doing what, about what, when. */
export function AuditFilters({ view, values, scope, onChange }: Props) {
  return (
    <FilterRow>
      <FilterChips
        label="Class"
        value={view}
        choices={VIEWS}
        onChange={(value) => onChange({ class: value })}
      />
      {scope.mayChoose && (
        <PlaceChips place={scope.place} onChange={(where) => onChange({ where })} />
      )}
      <FilterMenu values={values} onChange={onChange} />
      <ActiveFilters values={values} onChange={onChange} />
    </FilterRow>
  );
}
