import { AuditEvent, OneAuditEvent } from "@aic-sos/contract/audit-events";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { auditStore } from "./audit.store.ts";

export const readEvent = rbacProcedure("audit_event:read", {
  rest: "GET /audit/events/{eventId}",
  summary: "One event of the audit log",
  input: OneAuditEvent,
  output: AuditEvent,
}).query(({ ctx, input }) => auditStore.one(ctx.grant, input.eventId));
