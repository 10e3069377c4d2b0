import { createHash } from "node:crypto";
import { cellByCode } from "./cells.ts";
import { NOBODY } from "./scope.ts";

/** How often something may happen: `points` times in a window of `seconds`. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

export type Consumed =
  | { readonly ok: true }
  | { readonly ok: false; readonly retryAfterSeconds: number };

/** A fixed window per key, by the database's clock, counted on every replica together. */
const CONSUME = `insert into rate_limits as present (key, points, expire)
  values ($1, 1, (extract(epoch from clock_timestamp()) * 1000)::bigint + $2::bigint)
  on conflict (key) do update set
    points = case when present.expire <= excluded.expire - $2::bigint then 1 else present.points + 1 end,
    expire = case when present.expire <= excluded.expire - $2::bigint then excluded.expire else present.expire end
  returning points, expire - (extract(epoch from clock_timestamp()) * 1000)::bigint as left_ms`;

/**
 * Takes one point of a limit. The table is unlogged: after a crash of the database limits start afresh.
 * @param name which limit, a constant of the code; `subject` who is limited, kept as a hash only
 */
export async function consume(
  cell: number,
  name: string,
  subject: string,
  limit: RateLimit,
): Promise<Consumed> {
  const { points, leftMs } = await countInWindow(cell, name, subject, limit.seconds);
  if (points <= limit.points) return { ok: true };
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) };
}

const IS_OPEN = `select 1 from rate_limits
  where key = $1 and expire > (extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Whether something was counted in a window that is still open; takes no point. */
export async function isCounted(cell: number, name: string, subject: string): Promise<boolean> {
  const { rows } = await cellByCode(cell).app.run(NOBODY, {
    name: "rate_limit_is_open",
    text: IS_OPEN,
    values: [keyOf(name, subject)],
  });
  return rows.length > 0;
}

/**
 * Counts one more of something in a window that its first one opens. Each number of a window is given once, on
 * whichever replica: whoever gets the n-th does what is due at the n-th.
 * @returns `points` in the window with this one, and the milliseconds left of it
 */
export async function countInWindow(
  cell: number,
  name: string,
  subject: string,
  seconds: number,
): Promise<{ readonly points: number; readonly leftMs: number }> {
  const { rows } = await cellByCode(cell).app.run<{ points: number; left_ms: string }>(NOBODY, {
    name: "rate_limit_consume",
    text: CONSUME,
    values: [keyOf(name, subject), Math.round(seconds * 1000)],
  });
  const [row] = rows;
  return { points: row?.points ?? 1, leftMs: Number(row?.left_ms ?? 0) };
}

function keyOf(name: string, subject: string): string {
  return `${name}:${createHash("sha256").update(subject).digest("base64url")}`;
}
