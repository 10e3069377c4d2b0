import { AuditEventPage, ListSecurityEvents } from "@aic-sos/contract/audit-events";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { auditStore } from "./audit.store.ts";

export const listSecurityEvents = rbacProcedure("security_event:read", {
  rest: "GET /security-events",
  summary: "Security events, newest first",
  input: ListSecurityEvents,
  output: AuditEventPage,
}).query(({ ctx, input }) => auditStore.list(ctx.grant, { ...input, class: "security" }));
