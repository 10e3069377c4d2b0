import type { AuditEvent } from "@aic-sos/audit/event";
import type { Dependencies, ServedCell } from "./dependencies.ts";
import { securityEvent } from "./security-event.ts";
import { mayTell } from "./security-event-limit.ts";

/**
 * Tells that a certificate came to a region that is not its tenant's, where no decision tells it. Never throws: the
 * certificate is refused all the same.
 */
export async function tellRegionMismatch(
  deps: Pick<Dependencies, "log" | "newId" | "now" | "recordEvent">,
  cell: ServedCell,
  about: Pick<AuditEvent, "tenantId" | "actor"> & { readonly requestId?: string },
): Promise<void> {
  const event = securityEvent(deps, cell, {
    ...about,
    type: "security.region_mismatch",
    resource: null,
    outcome: "deny",
    reason: "region_mismatch",
  });
  try {
    if (await mayTell(deps, cell.code, event)) await deps.recordEvent(cell.code, event);
  } catch (error) {
    deps.log.error({ err: error }, "a region mismatch was not told");
  }
}
