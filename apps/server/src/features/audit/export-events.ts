import { ExportEvents } from "@aic-sos/contract/audit-proofs";
import { formatVerifierKey } from "@aic-sos/audit/signed-note";
import { originOf } from "@aic-sos/audit/checkpoint";
import { z } from "zod";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { exportStore } from "./export.store.ts";

const Lines = z.custom<AsyncIterable<string>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);

/** Events that the scope does not show are in it as hashes: name no workspace less than the whole tenant to see all. */
export const exportEvents = rbacProcedure("audit_event:export", {
  rest: "GET /audit/export",
  summary: "A stretch of the audit log as an evidence bundle, to be verified offline",
  input: ExportEvents,
  output: Lines,
  stream: "application/x-ndjson",
}).query(async ({ ctx, input }) => {
  const { cell, region, tenantId } = ctx.grant;
  const keys = await ctx.deps.checkpointKeys.publicKeys(cell, originOf(region, tenantId));
  return exportStore.bundle(ctx.grant, input, keys.map(formatVerifierKey));
});
