import { type CheckpointExport, checkpointOnce, type Refusal } from "@aic-sos/db/checkpoints";
import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

const PAUSE_MS = 1_000;
/** A checkpoint at each multiple of so many events. */
const EVENTS = 1_000;
/** How often every log is looked at, in milliseconds: those that another replica sealed and did not live to sign. */
const EVERY_LOG_MS = 30_000;
/** How often the same log's refusal is an event again, in milliseconds. */
const REFUSAL_MS = 60 * 60_000;

/** Signs the checkpoints that are due. Any replica may; the database lets one at a time. */
export function signCheckpoints(
  deps: Dependencies,
  cell: ServedCell,
  pace: { readonly exported: CheckpointExport; readonly seconds: number },
): RepeatedJob {
  let lookedAt = Number.NEGATIVE_INFINITY;
  const told = new Map<string, number>();
  return runEvery(`sign-checkpoints ${cell.region}`, PAUSE_MS, deps.log, async () => {
    const now = deps.now();
    const everyLog = now - lookedAt >= EVERY_LOG_MS;
    const keys = await deps.checkpointKeys.forCell(cell.code);
    const { signed, refused } = await checkpointOnce(cell.code, {
      ...pace,
      keys,
      everyLog,
      events: EVENTS,
    });
    if (everyLog) lookedAt = now;
    if (signed > 0) deps.metrics.checkpoints(cell.region, "signed", signed);
    for (const refusal of refused) {
      deps.metrics.checkpoints(cell.region, "refused", 1);
      if (now - (told.get(refusal.tenantId) ?? Number.NEGATIVE_INFINITY) < REFUSAL_MS) continue;
      told.set(refusal.tenantId, now);
      await tell(deps, cell, refusal);
    }
    return "pause";
  });
}

/** Into the tenant's own log, where its auditors look. */
async function tell(deps: Dependencies, cell: ServedCell, refusal: Refusal): Promise<void> {
  const { tenantId, size, why } = refusal;
  deps.log.error({ tenantId, size, why }, "an audit log is not what was signed: no checkpoint");
  await deps.recordEvent(cell.code, {
    v: 1,
    id: deps.newId(cell.code),
    time: new Date(deps.now()).toISOString(),
    class: "security",
    type: "security.audit_log_inconsistent",
    tenantId,
    workspaceId: null,
    region: cell.region,
    actor: { id: "system:sign-checkpoints", kind: "system", authentication: "none" },
    procedure: null,
    permission: null,
    outcome: null,
    reason: null,
    resource: { type: "tenant", id: tenantId },
    decisionId: null,
    requestId: null,
    changes: [],
    count: 1,
  });
}
