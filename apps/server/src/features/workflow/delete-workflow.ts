import { DeleteWorkflow, DeletedWorkflow } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

export const deleteWorkflow = rbacProcedure("workflow:delete", {
  rest: "DELETE /workflows/{workflowId}",
  summary: "Delete a workflow that has no runs",
  input: DeleteWorkflow,
  output: DeletedWorkflow,
}).mutation(({ ctx, input }) => workflowStore.delete(ctx.grant, input.workflowId));
