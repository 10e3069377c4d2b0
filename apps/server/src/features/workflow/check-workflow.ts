import { CheckedWorkflow, CheckWorkflow } from "@aic-sos/contract/workflows";
import type { Problem } from "@aic-sos/workflow/problem";
import { parseWorkflow } from "@aic-sos/workflow/parse";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

function toProblem({ line, column, path, rule, message, allowed }: Problem) {
  return { line, column, path, rule, message, ...(allowed ? { allowed: [...allowed] } : {}) };
}

export const checkWorkflow = rbacProcedure("workflow:read", {
  rest: "POST /workflows/check",
  summary: "Check a definition without storing it",
  input: CheckWorkflow,
  output: CheckedWorkflow,
}).query(async ({ ctx, input }) => {
  await workflowStore.assertWorkspace(ctx.grant);
  const parsed = parseWorkflow(input.source);
  if (!parsed.ok) {
    return { ok: false, name: null, digest: null, problems: parsed.problems.map(toProblem) };
  }
  return { ok: true, name: parsed.definition.metadata.name, digest: parsed.digest, problems: [] };
});
