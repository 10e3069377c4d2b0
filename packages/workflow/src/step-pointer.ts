import { child } from "./pointer.ts";
import type { RawStep } from "./raw-workflow.ts";

/** Where a step stands. */
export function stepPointer(index: number): string {
  return child("/spec/steps", index);
}

/** Where one need of a step stands: `needs: a` is one text, `needs: [a]` a list. */
export function needPointer(step: RawStep, index: number, place: number): string {
  const needs = child(stepPointer(index), "needs");
  return typeof step.needs === "string" ? needs : child(needs, place);
}
