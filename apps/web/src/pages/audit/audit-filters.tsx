import { Button } from "@mantine/core";
import { X } from "lucide-react";
import type { AuditSearch } from "../../app/page-search.ts";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { useNames } from "../../ui/use-names.ts";
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
  readonly actor: string | undefined;
  readonly scope: ReturnType<typeof useAuditScope>;
  readonly onChange: (search: AuditSearch) => void;
}

/** Which events: of what class, where, by whom. */
export function AuditFilters({ view, actor, scope, onChange }: Props) {
  const names = useNames();
  return (
    <FilterRow>
      <FilterChips
        label="Class"
        value={view}
        choices={VIEWS}
        onChange={(value) => onChange({ class: value === "change" ? undefined : value })}
      />
      {scope.mayChoose && (
        <PlaceChips place={scope.place} onChange={(where) => onChange({ where })} />
      )}
      {actor !== undefined && (
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<X size={12} aria-hidden />}
          onClick={() => onChange({ actor: undefined })}
        >
          by {names.person(actor) ?? "one principal"}
        </Button>
      )}
    </FilterRow>
  );
}
