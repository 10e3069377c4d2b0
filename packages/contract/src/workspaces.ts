import { z } from "zod";
import { DataMode } from "./data-modes.ts";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { RegionName } from "./regions.ts";
import { DisplayName, Instant } from "./text.ts";

export const Workspace = z
  .object({
    id: Id,
    tenantId: Id,
    name: z.string(),
    region: RegionName,
    settings: z.object({ dataPersistenceMode: DataMode }),
    createdAt: Instant,
  })
  .meta({ id: "Workspace" });
export type Workspace = z.infer<typeof Workspace>;

/** A workspace lives in its tenant's region; `tenantId` is needed by platform administrators only. */
export const CreateWorkspace = z.object({
  name: DisplayName,
  region: RegionName,
  tenantId: Id.optional(),
});
export type CreateWorkspace = z.infer<typeof CreateWorkspace>;

export const WorkspacePath = z.object({ workspaceId: Id });
export const ListWorkspaces = z.object(pageInput);
export const WorkspacePage = pageOf(Workspace);
export const UpdateDataMode = z.object({ workspaceId: Id, dataPersistenceMode: DataMode });
