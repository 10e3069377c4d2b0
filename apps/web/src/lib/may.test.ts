import { type Permission, permissions } from "@aic-sos/contract/permissions";
import { ROLES, type Role } from "@aic-sos/contract/roles";
import { decide } from "@aic-sos/policy/decide";
import { describe, expect, it } from "vitest";
import { may, mayEverywhere, type Rights, rolesIn, rolesThatAllow } from "./may.ts";

const TENANT = "0198c0de-0000-8001-8000-000000000001";
const HERE = "0198c0de-0000-8001-8000-00000000000a";
const ELSEWHERE = "0198c0de-0000-8001-8000-00000000000b";

function rightsOf(tenantRoles: Role[], hereRoles: Role[]): Rights {
  const workspace = { name: "w", region: "us-east-1", dataPersistenceMode: "metadata_only" };
  return {
    principal: { kind: "user" },
    tenantRoles,
    workspaces: [
      { ...workspace, id: HERE, roles: hereRoles },
      { ...workspace, id: ELSEWHERE, roles: [] },
    ],
  };
}

function serverSays(permission: Permission, tenantRoles: Role[], hereRoles: Role[]): boolean {
  const binding = (role: Role, workspaceId: string | null) => ({
    id: role,
    role,
    workspaceId,
    expiresAt: null,
  });
  return (
    decide({
      principal: {
        id: "p",
        kind: "user",
        tenantId: TENANT,
        region: "us-east-1",
        cell: 1,
        authentication: "session",
        disabled: false,
        epoch: 0,
        bindings: [
          ...tenantRoles.map((role) => binding(role, null)),
          ...hereRoles.map((role) => binding(role, HERE)),
        ],
        credentialWorkspaceId: null,
        credentialPermissions: null,
        credentialExpiresAt: null,
      },
      permission,
      scope: { tenantId: TENANT, workspaceId: HERE, region: "us-east-1", cell: 1 },
      now: 0,
      decisionId: "d",
      requestId: "r",
    }).outcome === "allow"
  );
}

describe("may", () => {
  it.each(ROLES)("offers %s in one workspace exactly what the server would allow", (role) => {
    for (const permission of permissions) {
      expect([permission, may(rightsOf([], [role]), permission, HERE)]).toEqual([
        permission,
        serverSays(permission, [], [role]),
      ]);
    }
  });

  it.each(ROLES)("offers a tenant-wide %s exactly what the server would allow", (role) => {
    for (const permission of permissions) {
      expect([permission, may(rightsOf([role], []), permission, HERE)]).toEqual([
        permission,
        serverSays(permission, [role], []),
      ]);
    }
  });

  it("offers nothing that belongs to a workspace where the person has no role", () => {
    const rights = rightsOf([], ["WorkspaceAdmin"]);
    expect(may(rights, "workflow:read", HERE)).toBe(true);
    expect(may(rights, "workflow:read", ELSEWHERE)).toBe(false);
    expect(may(rights, "workflow:read", null)).toBe(false);
  });

  it("offers an auditor who also holds another role no change at all", () => {
    expect(may(rightsOf(["Auditor"], ["Operator"]), "workflow:create", HERE)).toBe(false);
  });

  it("offers platform administrators no tenant's data", () => {
    const platform: Rights = {
      ...rightsOf(["WorkspaceAdmin"], []),
      principal: { kind: "platform" },
    };
    expect(may(platform, "tenant:create", null)).toBe(true);
    expect(may(platform, "workflow:read", HERE)).toBe(false);
  });
});

describe("mayEverywhere", () => {
  it("counts tenant-wide roles only", () => {
    expect(mayEverywhere(rightsOf(["Auditor"], []), "audit_event:read")).toBe(true);
    expect(mayEverywhere(rightsOf([], ["WorkspaceAdmin"]), "audit_event:read")).toBe(false);
    expect(mayEverywhere(rightsOf(["Auditor"], []), "role:remove")).toBe(false);
  });
});

describe("rolesIn", () => {
  it("names each role once, in the table's order", () => {
    const rights = rightsOf(["Operator"], ["Operator", "Approver"]);
    expect(rolesIn(rights, HERE)).toEqual(["Operator", "Approver"]);
    expect(rolesIn(rights, null)).toEqual([]);
  });
});

describe("rolesThatAllow", () => {
  it("says which roles would allow it", () => {
    expect(rolesThatAllow("provider_key:create")).toEqual(["WorkspaceAdmin", "IntegrationAdmin"]);
  });
});
