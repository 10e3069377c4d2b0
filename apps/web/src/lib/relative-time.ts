const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago (or how soon) an instant is, in few words: "just now", "4 min ago", "in 3 h", "12 Mar".
 * @param instant ISO 8601
 * @param now Unix milliseconds
 */
export function relativeTime(instant: string, now: number): string {
  const then = Date.parse(instant);
  if (Number.isNaN(then)) return instant;
  const distance = Math.abs(now - then);
  if (distance < 45_000) return then > now ? "in a moment" : "just now";
  if (distance >= 30 * DAY) return calendarDay(then, now);
  const amount =
    distance < 59.5 * MINUTE
      ? `${Math.round(distance / MINUTE)} min`
      : distance < 23.5 * HOUR
        ? `${Math.round(distance / HOUR)} h`
        : days(Math.round(distance / DAY));
  return then > now ? `in ${amount}` : `${amount} ago`;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function calendarDay(then: number, now: number): string {
  const sameYear = new Date(then).getUTCFullYear() === new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(then);
}

/**
 * The same instant exactly, for hovering: local time with its zone, then UTC.
 * @param timeZone an IANA name; the browser's own when left out
 */
export function exactTime(instant: string, timeZone?: string): string {
  const then = new Date(instant);
  if (Number.isNaN(then.getTime())) return instant;
  const local = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(then);
  const zone = new Intl.DateTimeFormat("en-GB", {
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  })
    .formatToParts(then)
    .find((part) => part.type === "timeZoneName")?.value;
  return `${local} ${zone ?? ""} · ${then.toISOString().replace("T", " ").replace("Z", " UTC")}`;
}

/**
 * A length of time: "340 ms", "12 s", "4 min 5 s", "2 h 10 min", "3 d 4 h".
 * @param milliseconds not negative
 */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return join(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return join(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return join(Math.floor(hours / 24), "d", hours % 24, "h");
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
