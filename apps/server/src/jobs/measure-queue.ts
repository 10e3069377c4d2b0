import { queueDepth } from "@aic-sos/db/job-queue";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/** Counts, every ten seconds, what lies in the job queue. */
export function measureQueue(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return runEvery(`measure-queue ${cell.region}`, 10_000, deps.log, async () => {
    deps.metrics.queue(cell.region, await queueDepth(cell.code));
    return "pause";
  });
}
