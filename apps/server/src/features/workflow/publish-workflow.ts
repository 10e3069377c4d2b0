import { PublishWorkflow, PublishedWorkflow } from "@aic-sos/contract/workflows";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workflowStore } from "./workflow.store.ts";

export const publishWorkflow = rbacProcedure("workflow:publish", {
  rest: "POST /workflows/{workflowId}/publish",
  summary: "Publish a version to an environment",
  input: PublishWorkflow,
  output: PublishedWorkflow,
}).mutation(({ ctx, input }) => workflowStore.publish(ctx.grant, input));
