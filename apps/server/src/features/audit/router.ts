import { t } from "../../trpc/init.ts";
import { exportEvents } from "./export-events.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import { listKeys } from "./list-keys.ts";
import { listSecurityEvents } from "./list-security-events.ts";
import { proveConsistency } from "./prove-consistency.ts";
import { proveEvent } from "./prove-event.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { readEvent } from "./read-event.ts";
import { readStatus } from "./read-status.ts";

export const auditRouter = t.router({
  exportEvents: exportEvents,
  listEvents: listAuditEvents,
  listKeys: listKeys,
  listSecurityEvents: listSecurityEvents,
  proveConsistency: proveConsistency,
  proveEvent: proveEvent,
  readCheckpoint: readCheckpoint,
  readEvent: readEvent,
  readStatus: readStatus,
});
