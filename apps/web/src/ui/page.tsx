import type { ReactNode } from "react";
import { type Crumb, useCrumbs } from "../shell/crumbs.ts";
import classes from "./page.module.css";

interface Props {
  readonly title: ReactNode;
  /** What the page answers, in one line. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The way here; the last one is this page. */
  readonly crumbs: readonly Crumb[];
  readonly children: ReactNode;
}

/** The frame of a page: where one is, what the page answers, what one can do. */
export function Page({ title, lead, actions, crumbs, children }: Props) {
  useCrumbs(crumbs);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead !== undefined && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
