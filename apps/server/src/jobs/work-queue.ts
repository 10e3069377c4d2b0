import { startQueue } from "@aic-sos/db/job-queue";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { deliverWebhooks } from "./deliver-webhook.ts";
import type { RepeatedJob } from "./run-every.ts";

/** Works the cell's job queue, in every server: each job goes to one of them. */
export function workQueue(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return startQueue(
    cell.code,
    { "deliver-webhook": deliverWebhooks(deps, cell) },
    {
      ended: (task, outcome) => deps.metrics.job(cell.region, task, outcome),
      troubled: (error) =>
        deps.log.error({ err: error, region: cell.region }, "job queue in trouble"),
    },
  );
}
