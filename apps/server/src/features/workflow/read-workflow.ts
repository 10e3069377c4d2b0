import { Workflow, WorkflowPath } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

export const readWorkflow = rbacProcedure("workflow:read", {
  rest: "GET /workspaces/{workspaceId}/workflows/{workflowId}",
  summary: "One workflow with its versions",
  input: WorkflowPath,
  output: Workflow,
}).query(({ ctx, input }) => workflowStore.read(ctx.grant, input.workflowId));
