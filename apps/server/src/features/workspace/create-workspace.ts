import { CreateWorkspace, Workspace } from "@aic-sos/contract/workspaces";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workspaceStore } from "./workspace.store.ts";

export const createWorkspace = rbacProcedure("workspace:create", {
  rest: "POST /workspaces",
  summary: "Create a workspace in the tenant's region",
  input: CreateWorkspace,
  output: Workspace,
  status: 201,
}).mutation(({ ctx, input }) => workspaceStore.create(ctx.grant, input));
