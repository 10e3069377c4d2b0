import { ListWorkspaces, WorkspacePage } from "@aic-sos/contract/workspaces";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workspaceStore } from "./workspace.store.ts";

export const listWorkspaces = rbacProcedure("workspace:list", {
  rest: "GET /workspaces",
  summary: "List the workspaces in which the caller has a role",
  input: ListWorkspaces,
  output: WorkspacePage,
}).query(({ ctx, input }) =>
  workspaceStore.list(ctx.grant, ctx.authenticated.principal, input, ctx.deps.now()),
);
