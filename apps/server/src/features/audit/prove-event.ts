import { OneAuditEvent } from "@aic-sos/contract/audit-events";
import { InclusionProof } from "@aic-sos/contract/audit-proofs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { proofStore } from "./proof.store.ts";

export const proveEvent = rbacProcedure("audit_event:read", {
  rest: "GET /audit/events/{eventId}/proof",
  summary: "The proof that an event is in the log that the latest checkpoint signs",
  input: OneAuditEvent,
  output: InclusionProof,
}).query(({ ctx, input }) => proofStore.inclusion(ctx.grant, input.eventId));
