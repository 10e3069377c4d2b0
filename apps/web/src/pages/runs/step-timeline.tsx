import type { RunDetail } from "@aic-sos/contract/runs";
import { duration } from "../../lib/relative-time.ts";
import { stepsInOrder } from "../../lib/steps-in-order.ts";
import { barOf, spanOf } from "../../lib/time-bars.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { useNow } from "../../ui/use-now.ts";
import classes from "./step-timeline.module.css";

const STEP_WORDS: Readonly<Record<RunDetail["steps"][number]["state"], string>> = {
  pending: "Pending",
  running: "Running",
  waiting: "Waiting",
  succeeded: "Done",
  failed: "Failed",
  skipped: "Skipped",
};

/** The steps in their order, each with what it needs and when it ran within the run's time. */
export function StepTimeline({ run }: { run: RunDetail }) {
  const now = useNow();
  const span = spanOf(run.steps, now);
  if (run.steps.length === 0) {
    return <div className="dim">The steps appear once an agent has taken the run.</div>;
  }
  return (
    <ol className={classes.list}>
      {stepsInOrder(run.steps).map((step) => {
        const bar = barOf(step, span, now);
        return (
          <li key={step.id} className={classes.step}>
            <div className={classes.name}>
              <span className="mono">{step.stepId}</span>
              <span className="faint">{step.use}</span>
            </div>
            <div className={classes.needs}>
              {step.needs.length > 0 && `after ${step.needs.join(", ")}`}
            </div>
            <div className={classes.track} aria-hidden>
              {bar && (
                <i
                  data-state={step.state}
                  style={{ left: `${bar.left}%`, width: `max(3px, ${bar.width}%)` }}
                />
              )}
            </div>
            <div className={classes.took}>{bar ? duration(bar.milliseconds) : "–"}</div>
            <StateMark state={step.state} words={STEP_WORDS[step.state]} />
          </li>
        );
      })}
    </ol>
  );
}
