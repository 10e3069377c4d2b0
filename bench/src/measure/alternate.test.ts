import { describe, expect, it } from "vitest";
import { alternate, median } from "./alternate.ts";

describe("alternate", () => {
  it("lets contenders take turns, and does not count the first round", async () => {
    const order: string[] = [];
    const contender = (name: string, rates: number[]) => ({
      name,
      round: async () => {
        order.push(name);
        return { rate: rates.shift() ?? 0, cpuMicros: null };
      },
    });
    const results = await alternate(
      [contender("a", [1, 10, 30, 20]), contender("b", [9, 5, 5, 6])],
      3,
    );
    expect(order.join("")).toBe("abababab");
    expect(results).toEqual([
      { name: "a", rounds: [10, 30, 20], median: 20, cpuMicros: null },
      { name: "b", rounds: [5, 5, 6], median: 5, cpuMicros: null },
    ]);
  });
});

describe("median", () => {
  it("is the one in the middle, or between the two in the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});
