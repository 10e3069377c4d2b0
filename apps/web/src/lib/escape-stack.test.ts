import { expect, it } from "vitest";
import { EscapeStack } from "./escape-stack.ts";

it("closes what was opened last, and nothing below it", () => {
  const closed: string[] = [];
  const stack = new EscapeStack();
  const take = new Map<string, () => void>();
  for (const name of ["drawer", "dialog", "why"]) {
    take.set(
      name,
      stack.push(() => {
        closed.push(name);
        take.get(name)?.();
      }),
    );
  }
  stack.escape();
  expect(closed).toEqual(["why"]);
  // Whatever goes by another way takes itself out, wherever it lies.
  take.get("drawer")?.();
  stack.escape();
  stack.escape();
  expect(closed).toEqual(["why", "dialog"]);
});
