import { systemJob } from "@aic-sos/db/doors";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/**
 * Deletes what has ended by time: idempotency keys after 24 hours, sessions, apps and codes a day after their end, jobs a
 * day after they were given up, deliveries of webhooks after 30 days, rate limits.
 */
export function expireRows(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return runEvery(`expire-rows ${cell.region}`, 10 * 60_000, deps.log, async () => {
    const deleted = await systemJob("expire-rows", cell.code, async (job) => [
      await job.expireIdempotencyKeys(),
      await job.expireSessions(),
      await job.expireTokenFamilies(),
      await job.expireRefreshTokens(),
      await job.expireAuthorizationCodes(),
      await job.expireDeviceCodes(),
      await job.expireRateLimits(),
      await job.expireDeliveries(),
      await job.expireJobs(),
    ]);
    return deleted.some((count) => count >= 5_000) ? "again" : "pause";
  });
}
