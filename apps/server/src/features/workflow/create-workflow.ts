import { CreateWorkflow, Workflow } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { definitionOf } from "./definition-of.ts";
import { workflowStore } from "./workflow.store.ts";

export const createWorkflow = rbacProcedure("workflow:create", {
  rest: "POST /workflows",
  summary: "Create a workflow from its YAML definition",
  input: CreateWorkflow,
  output: Workflow,
  status: 201,
}).mutation(({ ctx, input }) => workflowStore.create(ctx.grant, definitionOf(input.source)));
