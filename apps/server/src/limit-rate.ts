import { CellUnavailable } from "@aic-sos/db/errors";
import { consume } from "@aic-sos/db/rate-limit";
import { AppError } from "./app-error.ts";
import type { Dependencies } from "./dependencies.ts";

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

/**
 * The same for whoever is of no region yet: counted in the first served cell that answers, so that a region that is
 * away keeps nobody out of the others.
 */
export async function limitAnywhere(
  { cells }: Pick<Dependencies, "cells">,
  name: string,
  subject: string,
  limit: { points: number; seconds: number },
): Promise<void> {
  let away: unknown = new RangeError("no cell is served");
  for (const { code } of cells) {
    try {
      return await limitRate(code, name, subject, limit);
    } catch (error) {
      if (!(error instanceof CellUnavailable)) throw error;
      away = error;
    }
  }
  throw away;
}
