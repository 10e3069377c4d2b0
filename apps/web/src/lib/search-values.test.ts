import { describe, expect, it } from "vitest";
import { instantOf, oneOf, ordinalOf, textOf } from "./search-values.ts";

describe("an address with nonsense in it", () => {
  it("loses the nonsense and keeps the rest", () => {
    expect(oneOf(["failed", "queued"], "failed")).toBe("failed");
    expect(oneOf(["failed", "queued"], "toString")).toBeUndefined();
    expect(textOf("olga")).toBe("olga");
    expect(textOf("")).toBeUndefined();
    expect(textOf(["a"])).toBeUndefined();
    expect(ordinalOf("3")).toBe(3);
    expect(ordinalOf(0)).toBeUndefined();
    expect(ordinalOf("1.5")).toBeUndefined();
    expect(ordinalOf("x")).toBeUndefined();
    expect(instantOf("2026-11-25T03:00:00Z")).toBe("2026-11-25T03:00:00.000Z");
    expect(instantOf("yesterday")).toBeUndefined();
    expect(instantOf(17)).toBeUndefined();
    expect(instantOf("+123456-01-01T00:00:00Z")).toBeUndefined();
    expect(instantOf("-000001-01-01T00:00:00Z")).toBeUndefined();
    expect(instantOf("0000-12-31T23:59:59Z")).toBeUndefined();
    expect(instantOf("0001-01-01T00:00:00Z")).toBe("0001-01-01T00:00:00.000Z");
  });
});
