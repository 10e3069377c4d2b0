import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { regionLook, roleWords } from "../../lib/words.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./dev-hints.module.css";
import { type DevTenant, fetchDevHints } from "./fetch-dev-hints.ts";

interface Choosing {
  /** Signs in to a tenant by its short name, or as a person by the address. */
  readonly onChoose: (who: string) => void;
}

/** The demo tenants and people, where the server offers them: on a laptop, never in production. */
export function DevHints({ onChoose }: Choosing) {
  const { data } = useQuery({
    queryKey: ["dev-hints"],
    queryFn: ({ signal }) => fetchDevHints(signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Demo people" className={classes.hints}>
      <h2>Demo data</h2>
      {data.map((tenant) => (
        <DemoTenant key={tenant.slug} tenant={tenant} onChoose={onChoose} />
      ))}
    </section>
  );
}

function DemoTenant({ tenant, onChoose }: { readonly tenant: DevTenant } & Choosing) {
  const { label, tone } = regionLook(tenant.region);
  return (
    <div className={classes.tenant}>
      <UnstyledButton className={classes.choose} onClick={() => onChoose(tenant.slug)}>
        <b>{tenant.name}</b>
        <ToneChip tone={tone}>
          <b>{label}</b> {tenant.region}
        </ToneChip>
      </UnstyledButton>
      <ul className={classes.people}>
        {tenant.people.map((person) => (
          <li key={`${person.email} ${person.role} ${person.workspace}`}>
            <UnstyledButton className={classes.person} onClick={() => onChoose(person.email)}>
              <span className="mono clip">{person.email}</span>
              <span className="dim clip">
                {roleWords(person.role)}
                {person.workspace !== "" && `, ${person.workspace}`}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {tenant.password !== "" && (
        <div className="dim">
          Password: <span className="mono">{tenant.password}</span>
        </div>
      )}
    </div>
  );
}
