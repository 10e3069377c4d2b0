import type { ReactNode } from "react";
import classes from "./setting-block.module.css";

interface Props {
  readonly title: string;
  readonly explains: string;
  readonly children: ReactNode;
}

/** One setting: what it is about beside what it is set to. */
export function SettingBlock({ title, explains, children }: Props) {
  return (
    <section className={classes.block}>
      <div>
        <h2>{title}</h2>
        <p>{explains}</p>
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
