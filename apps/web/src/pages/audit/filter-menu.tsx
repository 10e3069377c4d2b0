import { ACTION_NOUNS, ACTIONS } from "@aic-sos/audit/actions";
import { Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { useState } from "react";
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

/** Everything that the log can be searched by. What is chosen is in the address at once. */
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
          <TimeInput
            key={`from ${values.from}`}
            label="From"
            name="from"
            values={values}
            onChange={onChange}
          />
          <TimeInput
            key={`to ${values.to}`}
            label="Before"
            name="to"
            values={values}
            onChange={onChange}
          />
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
  const [isWrong, setWrong] = useState(false);
  const take = (typed: string) => {
    const text = typed.trim();
    const resource = resourceOf(text);
    setWrong(text !== "" && resource === undefined);
    if (resource !== values.resource) onChange({ resource });
  };
  return (
    <TextInput
      label="About"
      description="A type, or a type and a whole id: workflow, run/01a2…"
      error={isWrong && "Not a type, as in workflow or provider_key, nor one with an id behind a /"}
      defaultValue={values.resource ?? ""}
      onBlur={({ currentTarget }) => take(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && take(currentTarget.value)}
    />
  );
}

/** Taken when it is left, or by Enter: a year that is being typed is another year at each key. */
function TimeInput({
  label,
  name,
  values,
  onChange,
}: Props & { readonly label: string; readonly name: "from" | "to" }) {
  const shown = toLocalTime(values[name]);
  const take = (text: string) => {
    if (text !== shown) onChange({ [name]: instantOf(text) });
  };
  return (
    <TextInput
      label={label}
      type="datetime-local"
      defaultValue={shown}
      onBlur={({ currentTarget }) => take(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && take(currentTarget.value)}
    />
  );
}
