import { ExportEvents } from "@aic-sos/contract/audit-proofs";
import { formatVerifierKey } from "@aic-sos/audit/signed-note";
import { originOf } from "@aic-sos/audit/checkpoint";
import type { Grant } from "@aic-sos/policy/grant";
import { z } from "zod";
import { notFound } from "../../app-error.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { alsoAllowed } from "../../trpc/steps/authorize.ts";
import { exportStore } from "./export.store.ts";
import { limitExports } from "./limit-exports.ts";

const Lines = z.custom<AsyncIterable<string>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);

/**
 * Events that no named workspace shows are in it as hashes. Each further workspace is a decision of its own; one that is
 * denied refuses the export, so that nobody takes a bundle for more than it is.
 */
export const exportEvents = rbacProcedure("audit_event:export", {
  rest: "GET /audit/export",
  summary: "A stretch of the audit log as an evidence bundle, to be verified offline",
  input: ExportEvents,
  output: Lines,
  stream: "application/x-ndjson",
}).query(async ({ ctx, input }) => {
  const { cell, region, tenantId } = ctx.grant;
  const keys = await ctx.deps.checkpointKeys.publicKeys(cell, originOf(region, tenantId));
  const others: Grant<"audit_event:export">[] = [];
  for (const workspaceId of input.alsoWorkspaceIds ?? []) {
    const asked = { workspaceId, procedure: "audit.exportEvents", input: { workspaceId } };
    const also = await alsoAllowed(ctx, "audit_event:export", asked);
    if (!also) throw notFound();
    others.push(also);
  }
  const grants = [ctx.grant, ...others] as const;
  const lines = await exportStore.bundle(grants, input, keys.map(formatVerifierKey));
  return limitExports(tenantId, lines);
});
