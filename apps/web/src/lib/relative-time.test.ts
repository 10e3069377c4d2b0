import { describe, expect, it } from "vitest";
import { duration, exactTime, relativeTime } from "./relative-time.ts";

const now = Date.parse("2026-03-20T12:00:00.000Z");
const before = (milliseconds: number) => new Date(now - milliseconds).toISOString();

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [44_000, "just now"],
    [50_000, "1 min ago"],
    [4 * 60_000, "4 min ago"],
    [59 * 60_000, "59 min ago"],
    [59.8 * 60_000, "1 h ago"],
    [23 * 3_600_000, "23 h ago"],
    [24 * 3_600_000, "1 day ago"],
    [9 * 86_400_000, "9 days ago"],
    [-10_000, "in a moment"],
    [-3 * 3_600_000, "in 3 h"],
  ])("says %d ms ago as %s", (milliseconds, words) => {
    expect(relativeTime(before(milliseconds), now)).toBe(words);
  });

  it("names the day once it is a month away, and the year when it is another one", () => {
    expect(relativeTime("2026-01-02T10:00:00.000Z", now)).toBe("2 Jan");
    expect(relativeTime("2025-11-02T10:00:00.000Z", now)).toBe("2 Nov 2025");
  });

  it("shows what is no instant as it came", () => {
    expect(relativeTime("soon", now)).toBe("soon");
  });
});

describe("exactTime", () => {
  it("gives local time with its zone, and UTC to the millisecond", () => {
    const text = exactTime("2026-03-20T12:00:00.123Z", "Europe/Berlin");
    expect(text).toContain("13:00:00");
    expect(text).toMatch(/CET|GMT\+1/);
    expect(text).toContain("2026-03-20 12:00:00.123 UTC");
  });
});

describe("duration", () => {
  it.each([
    [340, "340 ms"],
    [12_400, "12 s"],
    [245_000, "4 min 5 s"],
    [3_600_000, "1 h"],
    [7_800_000, "2 h 10 min"],
    [273_600_000, "3 d 4 h"],
  ])("says %d ms as %s", (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});
