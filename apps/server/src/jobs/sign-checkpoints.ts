import { type CheckpointExport, checkpointOnce, type Refusal } from "@aic-sos/db/checkpoints";
import { countInWindow } from "@aic-sos/db/rate-limit";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { securityEvent } from "../security-event.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

const PAUSE_MS = 1_000;
/** A checkpoint at each multiple of so many events. */
const EVENTS = 1_000;
/** How often every log is looked at, in milliseconds: those that another replica sealed and did not live to sign. */
const EVERY_LOG_MS = 30_000;
/** How often the same log's refusal is an event again, in seconds, over all replicas. */
const REFUSAL_SECONDS = 60 * 60;

/** Signs the checkpoints that are due. Any replica may; the database lets one at a time. */
export function signCheckpoints(
  deps: Dependencies,
  cell: ServedCell,
  pace: { readonly exported: CheckpointExport; readonly seconds: number },
): RepeatedJob {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return runEvery(`sign-checkpoints ${cell.region}`, PAUSE_MS, deps.log, async () => {
    const now = deps.now();
    const everyLog = now - lookedAt >= EVERY_LOG_MS;
    const keys = await deps.checkpointKeys.forCell(cell.code);
    const { signed, refused, unkept } = await checkpointOnce(cell.code, {
      ...pace,
      keys,
      readKeys: () => deps.checkpointKeys.readAgain(cell.code),
      everyLog,
      events: EVENTS,
    });
    if (everyLog) lookedAt = now;
    if (signed > 0) deps.metrics.checkpoints(cell.region, "signed", signed);
    for (const refusal of refused) {
      deps.metrics.checkpoints(cell.region, "refused", 1);
      await tell(deps, cell, refusal);
    }
    const [first] = unkept;
    if (first !== undefined) {
      deps.metrics.checkpoints(cell.region, "unkept", unkept.length);
      // One line a turn, and a longer pause: when the disk is full it is every log's.
      const which = `of ${unkept.length} logs, the first of tenant ${first.tenantId},`;
      throw new Error(`checkpoints ${which} cannot leave the database`, { cause: first.cause });
    }
    return "pause";
  });
}

/** Into the tenant's own log, where its auditors look. */
async function tell(deps: Dependencies, cell: ServedCell, refusal: Refusal): Promise<void> {
  const { tenantId, size, why } = refusal;
  const told = await countInWindow(cell.code, "log-inconsistent", tenantId, REFUSAL_SECONDS);
  if (told.points > 1) return;
  deps.log.error({ tenantId, size, why }, "an audit log is not what was signed: no checkpoint");
  await deps.recordEvent(
    cell.code,
    securityEvent(deps, cell, {
      type: "security.audit_log_inconsistent",
      tenantId,
      actor: { id: "system:sign-checkpoints", kind: "system", authentication: "none" },
      resource: { type: "tenant", id: tenantId },
    }),
  );
}
