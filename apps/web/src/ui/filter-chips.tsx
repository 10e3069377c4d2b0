import { UnstyledButton } from "@mantine/core";
import classes from "./filter-chips.module.css";

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One choice out of a few, as chips; the address keeps it. */
export function FilterChips<T extends string>({ label, value, choices, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className={classes.chips}>
      {choices.map((choice) => (
        <UnstyledButton
          key={choice.value}
          className={classes.chip}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </UnstyledButton>
      ))}
    </div>
  );
}
