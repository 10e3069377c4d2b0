import { consume } from "@aic-sos/db/rate-limit";
import { AppError } from "./app-error.ts";

/**
 * Takes one of `points` that `subject` has per `seconds`, over all replicas of the cell. Throws `rate_limited` with
 * the seconds to wait.
 */
export async function limitRate(
  cell: number,
  name: string,
  subject: string,
  limit: { points: number; seconds: number },
): Promise<void> {
  const taken = await consume(cell, name, subject, limit);
  if (taken.ok) return;
  const { retryAfterSeconds } = taken;
  throw new AppError(
    "rate_limited",
    `At most ${limit.points} in ${limit.seconds} s; try again in ${retryAfterSeconds} s.`,
    {
      retryAfterSeconds,
    },
  );
}
