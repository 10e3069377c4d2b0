import { t } from "../../trpc/init.ts";
import { listEvents } from "./list-events.ts";
import { listSecurityEvents } from "./list-security-events.ts";

export const auditRouter = t.router({
  listEvents: listEvents,
  listSecurityEvents: listSecurityEvents,
});
