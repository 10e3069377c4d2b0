import { type DiffLine, diffHunks } from "../../lib/diff-lines.ts";
import classes from "./diff-view.module.css";

const SIGN = { same: " ", added: "+", removed: "−" } as const;
const SPOKEN = { same: "", added: "added: ", removed: "removed: " } as const;

/** The changed stretches of a comparison, each with a few lines around it. */
export function DiffView({ lines, maxHeight }: { lines: readonly DiffLine[]; maxHeight?: number }) {
  const hunks = diffHunks(lines);
  if (hunks.length === 0) return <div className="dim">The two are the same, line by line.</div>;
  return (
    <div className={classes.box} style={maxHeight === undefined ? {} : { maxHeight }}>
      {hunks.map((hunk) => (
        <div key={`${hunk[0]?.oldLine}-${hunk[0]?.newLine}`} className={classes.hunk}>
          {hunk.map((line) => (
            <div
              key={`${line.oldLine}-${line.newLine}`}
              className={classes.line}
              data-kind={line.kind}
            >
              <span className={classes.number}>{line.oldLine}</span>
              <span className={classes.number}>{line.newLine}</span>
              <span aria-hidden>{SIGN[line.kind]}</span>
              <span className={classes.text}>
                <span className={classes.spoken}>{SPOKEN[line.kind]}</span>
                {line.text}
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
