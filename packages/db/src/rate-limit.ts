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
  const { rows } = await cellByCode(cell).app.run<{ points: number; left_ms: string }>(NOBODY, {
    name: "rate_limit_consume",
    text: CONSUME,
    values: [
      `${name}:${createHash("sha256").update(subject).digest("base64url")}`,
      Math.round(limit.seconds * 1000),
    ],
  });
  const row = rows[0];
  if (row === undefined || row.points <= limit.points) return { ok: true };
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(Number(row.left_ms) / 1000)) };
}
