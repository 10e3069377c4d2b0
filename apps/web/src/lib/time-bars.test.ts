import { describe, expect, it } from "vitest";
import { barOf, spanOf } from "./time-bars.ts";

const at = (second: number) => new Date(second * 1000).toISOString();
const first = { startedAt: at(10), finishedAt: at(20) };
const running = { startedAt: at(20), finishedAt: null };
const pending = { startedAt: null, finishedAt: null };

describe("bars along a run's time", () => {
  it("cover the whole of it, and what still runs lasts until now", () => {
    const span = spanOf([first, running, pending], 50_000);
    expect(span).toEqual({ from: 10_000, to: 50_000 });
    expect(barOf(first, span, 50_000)).toEqual({ left: 0, width: 25, milliseconds: 10_000 });
    expect(barOf(running, span, 50_000)).toEqual({ left: 25, width: 75, milliseconds: 30_000 });
  });
  it("are not drawn for what has not begun", () => {
    expect(spanOf([pending], 0)).toBeUndefined();
    expect(barOf(pending, { from: 0, to: 1 }, 0)).toBeUndefined();
  });
  it("survive a run that took no time at all", () => {
    const instant = { startedAt: at(1), finishedAt: at(1) };
    expect(barOf(instant, spanOf([instant], 0), 0)).toEqual({ left: 0, width: 0, milliseconds: 0 });
  });
});
