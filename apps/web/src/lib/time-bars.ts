interface Timed {
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** From when to when, in Unix milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The time that all of them cover together; what still runs lasts until now. Undefined when none has begun. */
export function spanOf(items: readonly Timed[], now: number): Span | undefined {
  const begun = items.filter((item) => item.startedAt !== null);
  if (begun.length === 0) return undefined;
  return {
    from: Math.min(...begun.map((item) => Date.parse(item.startedAt ?? ""))),
    to: Math.max(
      ...begun.map((item) => (item.finishedAt === null ? now : Date.parse(item.finishedAt))),
    ),
  };
}

/** Where in the span one of them lies, in percent of it, and how long it took. */
export function barOf(
  item: Timed,
  span: Span | undefined,
  now: number,
): { left: number; width: number; milliseconds: number } | undefined {
  if (span === undefined || item.startedAt === null) return undefined;
  const from = Date.parse(item.startedAt);
  const to = item.finishedAt === null ? now : Date.parse(item.finishedAt);
  const whole = Math.max(1, span.to - span.from);
  const milliseconds = Math.max(0, to - from);
  return {
    left: ((from - span.from) / whole) * 100,
    width: (milliseconds / whole) * 100,
    milliseconds,
  };
}
