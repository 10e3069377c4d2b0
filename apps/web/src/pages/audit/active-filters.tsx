import { Button } from "@mantine/core";
import { X } from "lucide-react";
import type { AuditSearch } from "../../app/page-search.ts";
import { type AuditFilterValues, partsOf } from "../../lib/audit-query.ts";
import { exactTime } from "../../lib/relative-time.ts";
import { shortId } from "../../lib/words.ts";
import { type Names, useNames } from "../../ui/use-names.ts";

interface Props {
  readonly values: AuditFilterValues;
  readonly onChange: (search: AuditSearch) => void;
}

const NONE: AuditSearch = {
  actor: undefined,
  action: undefined,
  outcome: undefined,
  resource: undefined,
  from: undefined,
  to: undefined,
};

/** What the list is limited to now, each a chip that takes it away again. */
export function ActiveFilters({ values, onChange }: Props) {
  const chips = chipsOf(values, useNames());
  return (
    <>
      {chips.map(({ key, label }) => (
        <Button
          key={key}
          variant="default"
          size="compact-sm"
          aria-label={`Without: ${label}`}
          rightSection={<X size={12} aria-hidden />}
          onClick={() => onChange({ [key]: undefined })}
        >
          {label}
        </Button>
      ))}
      {chips.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(NONE)}>
          Clear filters
        </Button>
      )}
    </>
  );
}

interface Chip {
  readonly key: keyof AuditFilterValues;
  readonly label: string;
}

function chipsOf(values: AuditFilterValues, names: Names): readonly Chip[] {
  const { actor, action, outcome, resource, from, to } = values;
  const all: readonly (readonly [keyof AuditFilterValues, string | undefined])[] = [
    ["actor", actor && `by ${names.person(actor) ?? actorWords(actor)}`],
    ["action", action],
    ["outcome", outcome && (outcome === "deny" ? "denied" : "allowed")],
    ["resource", resource && `about ${resourceWords(resource, names)}`],
    ["from", from && `from ${exactTime(from)}`],
    ["to", to && `before ${exactTime(to)}`],
  ];
  return all.flatMap(([key, label]) => (label === undefined ? [] : [{ key, label }]));
}

/** Of somebody whose name is not known here. */
function actorWords(actor: string): string {
  return /^[a-z]/.test(actor) && !/^[0-9a-f]{8}-/.test(actor) ? actor : shortId(actor);
}

function resourceWords(resource: string, names: Names): string {
  const { type = "", id } = partsOf(resource);
  const kind = type.replaceAll("_", " ");
  if (id === undefined) return `any ${kind}`;
  return names.thing(type, id) ?? `${kind} ${shortId(id)}`;
}
