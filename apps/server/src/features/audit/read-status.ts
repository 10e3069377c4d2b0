import { AuditPlace, AuditStatus } from "@aic-sos/contract/audit-proofs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { proofStore } from "./proof.store.ts";

export const readStatus = rbacProcedure("audit_event:read", {
  rest: "GET /audit/status",
  summary: "How far the audit log is sealed, and its last checkpoint",
  input: AuditPlace,
  output: AuditStatus,
}).query(({ ctx }) => proofStore.status(ctx.grant));
