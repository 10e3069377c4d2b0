import type { ReactNode } from "react";
import classes from "./item-lines.module.css";

interface Props<T> {
  /** Where no heading names the list. */
  readonly label?: string;
  readonly items: readonly T[];
  /** What a line shows. */
  readonly children: (item: T) => ReactNode;
}

/** Lines without a head, inside a row or a panel. */
export function ItemLines<T extends { readonly id: string }>({ label, items, children }: Props<T>) {
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={classes.item}>
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
