import { formatVerifierKey } from "@aic-sos/audit/signed-note";
import { AuditKeys, AuditPlace } from "@aic-sos/contract/audit-proofs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { proofStore } from "./proof.store.ts";

export const listKeys = rbacProcedure("audit_event:read", {
  rest: "GET /audit/keys",
  summary: "The public keys of the audit log's checkpoints",
  input: AuditPlace,
  output: AuditKeys,
}).query(async ({ ctx }) => {
  const origin = await proofStore.origin(ctx.grant);
  const keys = await ctx.deps.checkpointKeys.publicKeys(ctx.grant.cell, origin);
  return { origin, keys: keys.map(formatVerifierKey) };
});
