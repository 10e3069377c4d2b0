import classes from "./step-meter.module.css";

/** "3 of 5", with as many small blocks as there are steps (up to twelve). */
export function StepMeter({ done, total, state }: { done: number; total: number; state: string }) {
  const blocks = Math.min(total, 12);
  const filled = total === 0 ? 0 : Math.round((done / total) * blocks);
  return (
    <span className={classes.meter} data-state={state}>
      <span className={classes.blocks} aria-hidden>
        {Array.from({ length: blocks }, (_, index) => (
          <i
            key={index}
            data-done={index < filled || undefined}
            data-next={index === filled || undefined}
          />
        ))}
      </span>
      <span className="num dim">
        {done} of {total}
      </span>
    </span>
  );
}
