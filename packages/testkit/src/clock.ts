/** A clock that stands still until it is told to go. */
export interface TestClock {
  /** Unix milliseconds. */
  now(): number;
  advance(milliseconds: number): void;
  set(time: number): void;
}

export function testClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let time = start;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
    set: (to) => {
      time = to;
    },
  };
}
