import { AuditEventPage, ListAuditEvents } from "@aic-sos/contract/audit-events";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { auditStore } from "./audit.store.ts";

export const listAuditEvents = rbacProcedure("audit_event:read", {
  rest: "GET /audit-events",
  summary: "The audit log, newest first",
  input: ListAuditEvents,
  output: AuditEventPage,
}).query(({ ctx, input }) => auditStore.list(ctx.grant, input));
