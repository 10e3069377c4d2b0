import { systemJob } from "@aic-sos/db/doors";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

const PAUSE_MS = 10_000;
/** Seconds past its time after which nobody is at a delivery any more. */
const OVERDUE_SECONDS = 10;

/**
 * Queues deliveries again whose server died while it was at them. The queue itself would wait for four hours; a delivery
 * knows when its own lease ended.
 */
export function requeueDeliveries(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return runEvery(`requeue-deliveries ${cell.region}`, PAUSE_MS, deps.log, async () => {
    const requeued = await systemJob("requeue-deliveries", cell.code, (job) =>
      job.deliveries.requeueOverdue(OVERDUE_SECONDS),
    );
    if (requeued > 0) deps.log.warn({ region: cell.region, requeued }, "deliveries were overdue");
    return "pause";
  });
}
