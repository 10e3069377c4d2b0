import type { AuditPlace } from "../../app/page-search.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FilterChips } from "../../ui/filter-chips.tsx";

interface Props {
  readonly place: AuditPlace;
  readonly onChange: (place: AuditPlace) => void;
}

/** This workspace, or all of the tenant. */
export function PlaceChips({ place, onChange }: Props) {
  const { me, name } = useWorkspace();
  return (
    <FilterChips
      label="Where"
      value={place}
      choices={[
        { value: "here", label: name },
        { value: "tenant", label: `All of ${me.tenant.name}` },
      ]}
      onChange={onChange}
    />
  );
}
