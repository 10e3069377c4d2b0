import { initialsOf } from "../lib/words.ts";
import classes from "./avatar.module.css";

/** A person by initials. Beside a name it says nothing new, so nobody has to hear it. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
}
