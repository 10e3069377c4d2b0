import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";
import { counted } from "../../lib/words.ts";
import classes from "./editor-status.module.css";
import type { Checked } from "./use-checked.ts";

/** Whether the definition is right as it stands. */
export function EditorStatus({ checked }: { checked: Checked }) {
  const { isCurrent, isFailing, problems, digest } = checked;
  const count = problems?.length ?? 0;
  return (
    <div className={classes.status} aria-live="polite" data-testid="editor-status">
      {isFailing ? (
        <span className={classes.attention}>
          <TriangleAlert size={15} aria-hidden /> Could not be checked just now; saving checks it
          again
        </span>
      ) : !isCurrent ? (
        <span className="dim">
          <LoaderCircle size={15} aria-hidden /> Checking
        </span>
      ) : count > 0 ? (
        <span className={classes.harm}>
          <CircleX size={15} aria-hidden /> {counted(count, "problem")}
        </span>
      ) : (
        <span>
          <CircleCheck size={15} aria-hidden className={classes.fine} /> Valid
          <span className="mono faint" title={digest ?? ""}>
            {digest?.replace(/^sha256:/, "").slice(0, 12)}
          </span>
        </span>
      )}
    </div>
  );
}
