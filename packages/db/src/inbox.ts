import type { AuditEvent } from "@aic-sos/audit/event";
import { cellByCode } from "./cells.ts";

/**
 * Writes a decision or security event into its cell's audit inbox, together with those of other requests. Resolves when
 * it is durable; only then may its effect begin or its answer leave.
 *
 * Throws AuditUnavailable: not written, or (outcomeUnknown) perhaps; never try again, answer 503.
 */
export function recordDecision(cell: number, event: AuditEvent): Promise<void> {
  return cellByCode(cell).inbox.record(event);
}
