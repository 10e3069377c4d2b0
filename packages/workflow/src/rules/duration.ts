import type { WorkflowDefinition } from "../definition.ts";
import { LIMITS } from "../limits.ts";
import { child } from "../pointer.ts";
import type { Report } from "../report.ts";
import { stepPointer } from "../step-pointer.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of a duration such as `30m`; the schema has checked its form. */
function durationSeconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (SECONDS[duration.slice(-1)] ?? 0);
}

/** A wait and the life of an approval end within some months; a typing error would keep a run open for years. */
export function checkDurations(definition: WorkflowDefinition, report: Report): void {
  for (const [index, step] of definition.spec.steps.entries()) {
    const field = step.use === "wait" ? "duration" : "expiresAfter";
    const duration =
      step.use === "wait"
        ? step.with.duration
        : step.use === "approval"
          ? step.with.expiresAfter
          : undefined;
    if (duration === undefined || durationSeconds(duration) <= LIMITS.durationDays * 86_400)
      continue;
    const message = `${duration} is longer than ${LIMITS.durationDays} days, the longest that is allowed`;
    report.at(child(child(stepPointer(index), "with"), field), "value", "invalid-value", message);
  }
}
