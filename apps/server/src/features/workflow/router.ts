import { t } from "../../trpc/init.ts";
import { checkWorkflow } from "./check-workflow.ts";
import { createWorkflow } from "./create-workflow.ts";
import { deleteWorkflow } from "./delete-workflow.ts";
import { listWorkflows } from "./list-workflows.ts";
import { publishWorkflow } from "./publish-workflow.ts";
import { readWorkflow } from "./read-workflow.ts";
import { readWorkflowVersion } from "./read-workflow-version.ts";
import { updateWorkflow } from "./update-workflow.ts";

export const workflowRouter = t.router({
  check: checkWorkflow,
  create: createWorkflow,
  delete: deleteWorkflow,
  list: listWorkflows,
  publish: publishWorkflow,
  read: readWorkflow,
  readVersion: readWorkflowVersion,
  update: updateWorkflow,
});
