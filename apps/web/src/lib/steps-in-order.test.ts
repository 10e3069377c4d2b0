import { describe, expect, it } from "vitest";
import { stepsInOrder } from "./steps-in-order.ts";

const step = (stepId: string, ...needs: string[]) => ({ stepId, needs });
const order = (...steps: ReturnType<typeof step>[]) => stepsInOrder(steps).map((one) => one.stepId);

describe("stepsInOrder", () => {
  it("puts each step after what it needs, however they come", () => {
    expect(order(step("c", "b"), step("b", "a"), step("a"))).toEqual(["a", "b", "c"]);
  });
  it("keeps the given order where both are free", () => {
    expect(order(step("b"), step("a"), step("c", "b", "a"))).toEqual(["b", "a", "c"]);
  });
  it("loses no step to a need that is missing or circular", () => {
    expect(order(step("a", "b"), step("b", "a"), step("c", "gone"))).toEqual(["b", "a", "c"]);
  });
});
