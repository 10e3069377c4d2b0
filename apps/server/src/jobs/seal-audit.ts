import { takeSealedSecurity } from "@aic-sos/db/sealed-security";
import { sealOnce } from "@aic-sos/db/sealer";
import { countInWindow } from "@aic-sos/db/rate-limit";
import { takeDamagedLogs, takeUnsealable, type Unsealable } from "@aic-sos/db/set-aside";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { securityEvent } from "../security-event.ts";
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
    const { found, aside } = takeUnsealable(cell.code);
    deps.metrics.unsealable(cell.region, aside);
    const logs = takeDamagedLogs(cell.code);
    deps.metrics.damagedLogs(cell.region, logs.damaged);
    for (const { tenantId, why } of logs.found) {
      deps.log.error({ tenantId, why }, "an audit log is damaged");
    }
    for (const event of found) await tell(deps, cell, event);
    return full ? "again" : "pause";
  });
}

/** Each replica finds it for itself, and again after a while. */
const TOLD_ONCE_IN_SECONDS = 3_600;

/** Into the log of the tenant whose event it is, where its auditors look. */
async function tell(
  deps: Dependencies,
  cell: ServedCell,
  { tenantId, id, why }: Unsealable,
): Promise<void> {
  deps.log.error({ tenantId, eventId: id, why }, "an audit event cannot be sealed");
  const told = await countInWindow(cell.code, "event-unsealable", id, TOLD_ONCE_IN_SECONDS);
  if (told.points > 1) return;
  await deps.recordEvent(
    cell.code,
    securityEvent(deps, cell, {
      type: "security.event_unsealable",
      tenantId,
      actor: { id: "system:seal-audit", kind: "system", authentication: "none" },
      resource: { type: "audit_event", id },
    }),
  );
}
