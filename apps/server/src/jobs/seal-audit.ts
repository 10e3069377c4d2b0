import { takeSealedSecurity } from "@aic-sos/db/sealed-security";
import { sealOnce } from "@aic-sos/db/sealer";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/**
 * Milliseconds between two turns; an event is to be sealed within a second. Also while events keep coming: a turn costs a
 * transaction and a flush whether it seals ten events or a thousand, and takes them from the requests that write them.
 */
const PAUSE_MS = 250;

/** Moves durable events from the inbox into each tenant's chain. Any replica may; the database lets one at a time. */
export function sealAudit(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return runEvery(`seal-audit ${cell.region}`, PAUSE_MS, deps.log, async () => {
    const { sealed, waitedSeconds, full } = await sealOnce(cell.code);
    if (sealed > 0) deps.metrics.sealed(cell.region, sealed, waitedSeconds);
    for (const type of takeSealedSecurity(cell.code)) deps.metrics.securityEvent(cell.region, type);
    return full ? "again" : "pause";
  });
}
