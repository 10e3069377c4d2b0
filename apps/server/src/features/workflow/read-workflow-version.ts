import { WorkflowVersionPath, WorkflowVersionSource } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

export const readWorkflowVersion = rbacProcedure("workflow:read", {
  rest: "GET /workspaces/{workspaceId}/workflows/{workflowId}/versions/{version}",
  summary: "One version with its source",
  input: WorkflowVersionPath,
  output: WorkflowVersionSource,
}).query(({ ctx, input }) => workflowStore.readVersion(ctx.grant, input));
