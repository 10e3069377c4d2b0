import type { ReactNode } from "react";
import classes from "./filter-row.module.css";

/** The filters of a list, groups of them apart from each other. */
export function FilterRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
