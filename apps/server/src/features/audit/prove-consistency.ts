import { ConsistencyProof, ProveConsistency } from "@aic-sos/contract/audit-proofs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { proofStore } from "./proof.store.ts";

export const proveConsistency = rbacProcedure("audit_event:read", {
  rest: "GET /audit/consistency",
  summary: "The proof that the log of one size continues the log of a smaller one",
  input: ProveConsistency,
  output: ConsistencyProof,
}).query(({ ctx, input }) => proofStore.consistency(ctx.grant, input));
