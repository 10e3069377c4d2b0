import { t } from "../../trpc/init.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import { listSecurityEvents } from "./list-security-events.ts";

export const auditRouter = t.router({
  listEvents: listAuditEvents,
  listSecurityEvents: listSecurityEvents,
});
