import { ACTION_NOUNS, ACTIONS } from "@aic-sos/audit/actions";
import { Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import type { AuditSearch } from "../../app/page-search.ts";
import { type AuditFilterValues, resourceOf, toLocalTime } from "../../lib/audit-query.ts";
import { instantOf } from "../../lib/search-values.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";

interface Props {
  readonly values: AuditFilterValues;
  readonly onChange: (search: AuditSearch) => void;
}

const ACTION_CHOICES = [
  { group: "Anything about", items: [...ACTION_NOUNS] },
  { group: "Exactly", items: [...ACTIONS] },
];
const OUTCOME_CHOICES = [
  { value: "allow", label: "Allowed" },
  { value: "deny", label: "Denied" },
];

/** Everything that the log can be searched by. Each change is in the address at once. */
export function FilterMenu({ values, onChange }: Props) {
  return (
    <Popover position="bottom-start" width={320} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<ListFilter size={13} aria-hidden />}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={12}>
          <Select
            label="Action"
            placeholder="Any"
            data={ACTION_CHOICES}
            value={values.action ?? null}
            onChange={(action) => onChange({ action: action ?? undefined })}
            comboboxProps={{ withinPortal: false }}
            searchable
            clearable
          />
          <ActorSelect values={values} onChange={onChange} />
          <Select
            label="Decision"
            placeholder="Any"
            data={OUTCOME_CHOICES}
            value={values.outcome ?? null}
            onChange={(value) =>
              onChange({ outcome: value === "allow" || value === "deny" ? value : undefined })
            }
            comboboxProps={{ withinPortal: false }}
            clearable
          />
          <ResourceInput key={values.resource ?? ""} values={values} onChange={onChange} />
          <TimeInput label="From" name="from" values={values} onChange={onChange} />
          <TimeInput label="Before" name="to" values={values} onChange={onChange} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** People and services of the workspace; others by a link from one of their events. */
function ActorSelect({ values, onChange }: Props) {
  const { id: workspaceId, may } = useWorkspace();
  const members = trpc.member.list.useQuery(
    { workspaceId, limit: 100 },
    { enabled: may("member:read"), staleTime: 60_000 },
  );
  const people = members.data?.items.map((one) => ({ value: one.id, label: one.displayName }));
  return (
    <Select
      label="By"
      placeholder="Anybody"
      data={[...(people ?? []), { value: "unauthenticated", label: "Nobody known" }]}
      value={values.actor ?? null}
      onChange={(actor) => onChange({ actor: actor ?? undefined })}
      comboboxProps={{ withinPortal: false }}
      searchable
      clearable
    />
  );
}

/** Taken when it is left, or by Enter: half an id is none. */
function ResourceInput({ values, onChange }: Props) {
  const take = (text: string) => onChange({ resource: resourceOf(text.trim()) });
  return (
    <TextInput
      label="About"
      description="A type, or a type and an id: workflow, run/01a2…"
      defaultValue={values.resource ?? ""}
      onBlur={({ currentTarget }) => take(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && take(currentTarget.value)}
    />
  );
}

function TimeInput({
  label,
  name,
  values,
  onChange,
}: Props & { readonly label: string; readonly name: "from" | "to" }) {
  return (
    <TextInput
      label={label}
      type="datetime-local"
      value={toLocalTime(values[name])}
      onChange={({ currentTarget }) => onChange({ [name]: instantOf(currentTarget.value) })}
    />
  );
}
