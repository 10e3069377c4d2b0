import { describe, expect, it } from "vitest";
import type { Scope } from "./scope.ts";
import { scopedRow, scopedWhere, scopedWhereOfChange } from "./scoped-arguments.ts";

const [tenantId, workspaceId] = ["tenant-1", "workspace-1"];
const scope: Scope = {
  tenantId,
  workspaceId,
  principalTenantId: tenantId,
  principalId: "user-1",
  epoch: 1,
  readOnly: false,
};

describe("what the whole tenant shares", () => {
  it("is read from within one workspace", () => {
    expect(scopedWhere("RoleBinding", {}, scope)).toEqual({
      tenantId,
      OR: [{ workspaceId }, { workspaceId: null }],
    });
  });

  it("is no part of a change from within one workspace, of many rows or of one", () => {
    const own = { tenantId, workspaceId };
    expect(scopedWhereOfChange("RoleBinding", {}, scope)).toEqual(own);
    expect(scopedRow("RoleBinding", { id: "binding-1" }, scope)).toEqual({
      tenantId_id: { tenantId, id: "binding-1" },
      ...own,
    });
  });
});
