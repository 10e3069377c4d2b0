import { Workspace, WorkspacePath } from "@aic-sos/contract/workspaces";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workspaceStore } from "./workspace.store.ts";

export const readWorkspace = rbacProcedure("workspace:read", {
  rest: "GET /workspaces/{workspaceId}",
  summary: "One workspace with its settings",
  input: WorkspacePath,
  output: Workspace,
}).query(({ ctx, input }) => workspaceStore.read(ctx.grant, input.workspaceId));
