import type { ReactNode } from "react";
import classes from "./facts.module.css";

interface Props {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
  /** Side by side as a strip, or one below the other as a list. */
  readonly layout?: "strip" | "list";
}

/** Labelled facts about a thing. */
export function Facts({ facts, layout = "list" }: Props) {
  return (
    <dl className={classes[layout]}>
      {facts.map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
