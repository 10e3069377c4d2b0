import type { ServerResponse } from "node:http";

/** The event that tells what was changed, for the caller to keep; of a batch all. Nothing changed: no header. */
export function sendReceipt(res: ServerResponse, auditIds: readonly string[]): void {
  if (auditIds.length > 0) res.setHeader("AIC-Audit-Id", auditIds.join(", "));
}
