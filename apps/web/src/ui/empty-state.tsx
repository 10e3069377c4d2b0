import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

interface Props {
  readonly title: string;
  /** Why it is empty, and what the next step does. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Says why there is nothing and offers the next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
