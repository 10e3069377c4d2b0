import { describe, expect, it } from "vitest";
import { countNew } from "./new-items.ts";

const items = (...ids: string[]) => ids.map((id) => ({ id }));

describe("countNew", () => {
  it("counts what came after the newest one shown", () => {
    expect(countNew(items("03", "02"), items("05", "04", "03"))).toBe(2);
    expect(countNew(items("03", "02"), items("03", "01"))).toBe(0);
  });
  it("counts everything when nothing was there", () => {
    expect(countNew([], items("02", "01"))).toBe(2);
  });
});
