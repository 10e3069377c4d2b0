import type { ReactNode } from "react";
import { BrandMark } from "../ui/brand-mark.tsx";
import classes from "./bare.module.css";
import { useCrumbs } from "./crumbs.ts";

/** A page outside any workspace: a sentence, and what to do. */
export function Bare({ title, children }: { title: string; children: ReactNode }) {
  useCrumbs([{ label: title }]);
  return (
    <main className={classes.bare}>
      <div className={classes.box}>
        <BrandMark />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
