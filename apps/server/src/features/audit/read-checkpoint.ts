import { AuditPlace, Checkpoint } from "@aic-sos/contract/audit-proofs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { proofStore } from "./proof.store.ts";

export const readCheckpoint = rbacProcedure("audit_event:read", {
  rest: "GET /audit/checkpoint",
  summary: "The latest signed checkpoint of the audit log",
  input: AuditPlace,
  output: Checkpoint,
}).query(({ ctx }) => proofStore.checkpoint(ctx.grant));
