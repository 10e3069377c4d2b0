import { didYouMean, quoted } from "../did-you-mean.ts";
import { isReservedName } from "../names.ts";
import { child } from "../pointer.ts";
import { needsOf, type RawStep } from "../raw-workflow.ts";
import type { Report } from "../report.ts";
import { needPointer, stepPointer } from "../step-pointer.ts";
import { checkCycles } from "./cycle.ts";

/** Step ids are unique and usable, `needs` name steps that are there, and nothing waits for itself. */
export function checkGraph(steps: readonly RawStep[], report: Report): boolean {
  const unique = checkIds(steps, report);
  const known = checkNeeds(steps, report);
  return checkCycles(steps, report) && unique && known;
}

function checkIds(steps: readonly RawStep[], report: Report): boolean {
  const first = new Map<string, number>();
  let fine = true;
  for (const [index, { id }] of steps.entries()) {
    const pointer = child(stepPointer(index), "id");
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else
      report.at(
        pointer,
        "value",
        "duplicate-id",
        `step id "${id}" is taken: spec.steps[${earlier}] has it`,
      );
    if (isReservedName(id)) {
      report.at(
        pointer,
        "value",
        "reserved-name",
        `"${id}" is a reserved word and cannot be a step id`,
      );
    }
    if (earlier !== undefined) fine = false;
  }
  return fine;
}

function checkNeeds(steps: readonly RawStep[], report: Report): boolean {
  const ids = new Set(steps.map((step) => step.id));
  let fine = true;
  for (const [index, step] of steps.entries()) {
    for (const [place, need] of needsOf(step).entries()) {
      if (ids.has(need)) continue;
      fine = false;
      const allowed = [...ids].filter((id) => id !== step.id);
      const message = `no step has the id ${quoted(need)}${didYouMean(need, allowed)}`;
      report.at(needPointer(step, index, place), "value", "unknown-need", message, allowed);
    }
  }
  return fine;
}
