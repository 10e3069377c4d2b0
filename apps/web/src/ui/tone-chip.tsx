import type { ReactNode } from "react";
import classes from "./tone-chip.module.css";

export type Tone = "plain" | "accent" | "attention" | "harm" | "us" | "eu" | "elsewhere";

interface Props {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A word or two in one of the console's colours. Never colour alone: the word says it too. */
export function ToneChip({ tone, children, title }: Props) {
  return (
    <span className={classes.chip} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
