import { t } from "../../trpc/init.ts";
import { createWorkspace } from "./create-workspace.ts";
import { listWorkspaces } from "./list-workspaces.ts";
import { readWorkspace } from "./read-workspace.ts";
import { updateDataMode } from "./update-data-mode.ts";

export const workspaceRouter = t.router({
  create: createWorkspace,
  list: listWorkspaces,
  read: readWorkspace,
  updateDataMode: updateDataMode,
});
