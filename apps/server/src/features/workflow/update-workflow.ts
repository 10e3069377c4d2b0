import { UpdateWorkflow, Workflow } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { definitionOf } from "./definition-of.ts";
import { workflowStore } from "./workflow.store.ts";

export const updateWorkflow = rbacProcedure("workflow:update", {
  rest: "PUT /workflows/{workflowId}",
  summary: "Add a version; the ones before stay as they are",
  input: UpdateWorkflow,
  output: Workflow,
}).mutation(({ ctx, input }) =>
  workflowStore.update(ctx.grant, input.workflowId, definitionOf(input.source)),
);
