import type { Role } from "@aic-sos/contract/roles";
import { describe, expect, it } from "vitest";
import { exportPlace } from "./export-place.ts";

const workspace = (id: string, roles: Role[]) => ({
  id,
  name: id,
  region: "us-east-1",
  dataPersistenceMode: "metadata_only",
  roles,
});
const rights = {
  principal: { kind: "user" as const },
  tenantRoles: [],
  workspaces: [
    workspace("a", ["Auditor"]),
    workspace("b", ["Operator"]),
    workspace("c", ["WorkspaceAdmin"]),
  ],
};

describe("an evidence bundle from the console", () => {
  it("shows this workspace, all of the tenant, or every workspace whose log one may take away", () => {
    expect(exportPlace(rights, "here", "a")).toBe("workspaceId=a");
    expect(exportPlace(rights, "tenant", "a")).toBe("tenantWide=true");
    expect(exportPlace(rights, "mine", "a")).toBe("workspaceId=a&alsoWorkspaceIds=c");
    expect(exportPlace({ ...rights, workspaces: [] }, "mine", "a")).toBe("workspaceId=a");
  });
});
