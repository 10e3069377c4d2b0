import { UpdateDataMode, Workspace } from "@aic-sos/contract/workspaces";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { workspaceStore } from "./workspace.store.ts";

export const updateDataMode = rbacProcedure("data_mode:update", {
  rest: "PUT /workspaces/{workspaceId}/data-mode",
  summary: "Change whether content is kept",
  input: UpdateDataMode,
  output: Workspace,
}).mutation(async ({ ctx, input }) =>
  workspaceStore.updateDataMode(ctx.grant, input, await changeDigest(ctx.deps, ctx.grant)),
);
