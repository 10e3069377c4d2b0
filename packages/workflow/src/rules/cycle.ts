import { needsOf, type RawStep } from "../raw-workflow.ts";
import type { Report } from "../report.ts";
import { needPointer } from "../step-pointer.ts";

/** One step of a walk along `needs`: which step, and which of its needs comes next. */
type Visit = { readonly index: number; next: number };

/**
 * No step waits for itself, directly or through others. Each circle that the walk closes is named once, at
 * the need that closes it. The walk is a loop: a chain of steps may be long.
 */
export function checkCycles(steps: readonly RawStep[], report: Report): void {
  const byId = new Map(steps.map((step, index) => [step.id, index]));
  const state: ("open" | "done" | undefined)[] = [];
  for (const start of steps.keys()) {
    const path: Visit[] = state[start] === undefined ? [{ index: start, next: 0 }] : [];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      state[at.index] = "open";
      const step = steps[at.index];
      const needs = step === undefined ? [] : needsOf(step);
      const place = at.next++;
      const target = byId.get(needs[place] ?? "");
      if (place >= needs.length) {
        state[at.index] = "done";
        path.pop();
      } else if (step !== undefined && target !== undefined && state[target] === "open") {
        reportCycle(path, target, place, steps, report);
      } else if (target !== undefined && state[target] === undefined) {
        path.push({ index: target, next: 0 });
      }
    }
  }
}

function reportCycle(
  path: readonly Visit[],
  target: number,
  place: number,
  steps: readonly RawStep[],
  report: Report,
): void {
  const from = path.findIndex((visit) => visit.index === target);
  const ids = [...path.slice(from).map((visit) => visit.index), target].map(
    (index) => steps[index]?.id ?? "",
  );
  const last = path.at(-1)?.index ?? target;
  const step = steps[last];
  if (step === undefined) return;
  const message = `these steps wait for each other: ${ids.join(" needs ")}`;
  report.at(needPointer(step, last, place), "value", "cycle", message);
}
