import { ListWorkflows, WorkflowPage } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

export const listWorkflows = rbacProcedure("workflow:read", {
  rest: "GET /workflows/{workspaceId}",
  summary: "List a workspace's workflows, or those published to an environment",
  input: ListWorkflows,
  output: WorkflowPage,
}).query(({ ctx, input }) => workflowStore.list(ctx.grant, input));
