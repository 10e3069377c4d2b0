import { didYouMean, quoted } from "../did-you-mean.ts";
import { isReservedName } from "../names.ts";
import { child } from "../pointer.ts";
import { needsOf, type RawStep } from "../raw-workflow.ts";
import type { Report } from "../report.ts";
import { needPointer, stepPointer } from "../step-pointer.ts";
import { checkCycles } from "./cycle.ts";

/** Step ids are unique and usable, `needs` name steps that are there, and nothing waits for itself. */
export function checkGraph(steps: readonly RawStep[], report: Report): void {
  checkIds(steps, report);
  checkNeeds(steps, report);
  checkCycles(steps, report);
}

function checkIds(steps: readonly RawStep[], report: Report): void {
  const first = new Map<string, number>();
  for (const [index, { id }] of steps.entries()) {
    const pointer = child(stepPointer(index), "id");
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else {
      const message = `step id "${id}" is taken: spec.steps[${earlier}] has it`;
      report.at(pointer, "value", "duplicate-id", message);
    }
    if (isReservedName(id)) {
      const message = `"${id}" is a reserved word and cannot be a step id`;
      report.at(pointer, "value", "reserved-name", message);
    }
  }
}

function checkNeeds(steps: readonly RawStep[], report: Report): void {
  const ids = new Set(steps.map((step) => step.id));
  for (const [index, step] of steps.entries()) {
    for (const [place, need] of needsOf(step).entries()) {
      if (ids.has(need)) continue;
      const allowed = [...ids].filter((id) => id !== step.id);
      const message = `no step has the id ${quoted(need)}${didYouMean(need, allowed)}`;
      report.at(needPointer(step, index, place), "value", "unknown-need", message, allowed);
    }
  }
}
