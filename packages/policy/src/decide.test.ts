import { type Permission, permissions, PERMISSIONS } from "@aic-sos/contract/permissions";
import { type Role, ROLES } from "@aic-sos/contract/roles";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type Scope } from "./decide.ts";
import { assertGrant, TENANT_WIDE } from "./grant.ts";
import type { Binding, Principal } from "./principal.ts";
import { PLATFORM_PERMISSIONS, ROLE_TABLE } from "./role-table.ts";

const TENANT = "01a20fd3-f27c-8001-ae65-85decb18c6cc";
const OTHER_TENANT = "01a20fd3-f27c-8001-ae65-85decb18c6cd";
const HERE = "01a20fd3-f27c-8001-ae65-000000000001";
const ELSEWHERE = "01a20fd3-f27c-8001-ae65-000000000002";
const NOW = 1_800_000_000_000;

const bound = (
  role: Role,
  workspaceId: string | null = HERE,
  expiresAt: number | null = null,
): Binding => ({
  id: "01a20fd3-f27c-8001-ae65-0000000000b1",
  role,
  workspaceId,
  expiresAt,
});

const person = (bindings: readonly Binding[], more: Partial<Principal> = {}): Principal => ({
  id: "01a20fd3-f27c-8001-ae65-0000000000a1",
  kind: "user",
  tenantId: TENANT,
  region: "us-east-1",
  cell: 1,
  authentication: "session",
  disabled: false,
  epoch: 7,
  bindings,
  credentialWorkspaceId: null,
  credentialPermissions: null,
  credentialExpiresAt: null,
  ...more,
});

const scope: Scope = { tenantId: TENANT, workspaceId: HERE, region: "us-east-1", cell: 1 };

function ask(principal: Principal, permission: Permission, where: Partial<Scope> = {}, now = NOW) {
  const question = {
    principal,
    permission,
    scope: { ...scope, ...where },
    now,
    decisionId: "d",
    requestId: "r",
  };
  const decision = decide(question);
  return decision.outcome === "allow" ? "allow" : decision.reason;
}

describe("what nobody granted is denied", () => {
  it("to a principal without a role, for every permission but what one may do for oneself", () => {
    for (const permission of permissions) {
      const own = PERMISSIONS[permission].scope === "self";
      expect([permission, ask(person([]), permission) === "allow"]).toEqual([permission, own]);
    }
  });

  it("for every role and permission that the table does not join", () => {
    for (const role of ROLES) {
      for (const permission of permissions) {
        const allowed =
          PERMISSIONS[permission].scope === "self" ||
          ROLE_TABLE[role].some((listed) => listed === permission);
        const said = ask(person([bound(role, null)]), permission) === "allow";
        expect([role, permission, said]).toEqual([role, permission, allowed]);
      }
    }
  });

  it("for a permission that does not exist, inherited names included", () => {
    for (const name of ["workflow:fly", "toString", "__proto__", "constructor"]) {
      expect(ask(person([bound("WorkspaceAdmin", null)]), name as Permission)).toBe(
        "unknown_permission",
      );
    }
  });
});

describe("a role counts", () => {
  it("in its own workspace only", () => {
    const operator = person([bound("Operator")]);
    expect(ask(operator, "run:create")).toBe("allow");
    expect(ask(operator, "run:create", { workspaceId: ELSEWHERE })).toBe("no_binding");
    expect(ask(operator, "run:create", { workspaceId: TENANT_WIDE })).toBe("no_binding");
    expect(ask(operator, "run:create", { workspaceId: null })).toBe("workspace_required");
  });

  it("until it ends, to the millisecond", () => {
    const operator = person([bound("Operator", HERE, NOW)]);
    expect(ask(operator, "run:create", {}, NOW - 1)).toBe("allow");
    expect(ask(operator, "run:create", {}, NOW)).toBe("binding_expired");
  });

  it("tenant-wide for what concerns the whole tenant", () => {
    expect(ask(person([bound("WorkspaceAdmin")]), "workspace:create")).toBe("no_binding");
    expect(ask(person([bound("WorkspaceAdmin", null)]), "workspace:create")).toBe("allow");
  });
});

describe("no role helps", () => {
  const admin = (more: Partial<Principal>) => person([bound("WorkspaceAdmin", null)], more);

  it.each<[string, Partial<Principal>, string]>([
    ["a disabled principal", { disabled: true }, "principal_disabled"],
    ["a credential that has ended", { credentialExpiresAt: NOW }, "credential_expired"],
    ["a principal of another cell", { cell: 2 }, "region_mismatch"],
    ["a principal of another region", { region: "eu-west-1" }, "region_mismatch"],
    ["a principal of another tenant", { tenantId: OTHER_TENANT }, "tenant_mismatch"],
    [
      "a credential of another workspace",
      { credentialWorkspaceId: ELSEWHERE },
      "workspace_mismatch",
    ],
  ])("%s", (_, more, reason) => {
    for (const permission of permissions) {
      if (PERMISSIONS[permission].scope !== "workspace") continue;
      expect(ask(admin(more), permission)).toBe(reason);
    }
  });
});

describe("invariants above the table", () => {
  it("an auditor changes nothing, whatever else they are", () => {
    for (const other of ROLES) {
      const both = person([bound("Auditor"), bound(other, null)]);
      const allowed = permissions.filter((permission) => {
        const { effect, scope: kind } = PERMISSIONS[permission];
        return effect === "write" && kind !== "self" && ask(both, permission) === "allow";
      });
      expect([other, allowed]).toEqual([other, []]);
    }
  });

  it("a service never approves", () => {
    const service = person([bound("Approver", null)], {
      kind: "service",
      authentication: "api_key",
    });
    expect(ask(service, "approval:decide")).toBe("service_never_approves");
  });

  it("a platform administrator sees tenants, never a tenant's data", () => {
    const platform = person([], {
      kind: "platform",
      tenantId: OTHER_TENANT,
      authentication: "platform_key",
    });
    for (const permission of permissions) {
      const may =
        PERMISSIONS[permission].scope === "self" || PLATFORM_PERMISSIONS.includes(permission);
      expect([permission, ask(platform, permission)]).toEqual([
        permission,
        may ? "allow" : "platform_sees_no_data",
      ]);
    }
  });

  it("nobody else gets what is the platform's", () => {
    for (const role of ROLES)
      expect(ask(person([bound(role, null)]), "tenant:create")).toBe("platform_only");
  });
});

describe("a grant", () => {
  const granted = decide({
    principal: person([bound("Operator")]),
    permission: "run:create",
    scope,
    now: NOW,
    decisionId: "d",
    requestId: "r",
  });

  it("carries what was decided, and cannot be changed", () => {
    if (granted.outcome !== "allow") throw new Error("expected a grant");
    const { grant } = granted;
    expect(grant).toMatchObject({
      permission: "run:create",
      tenantId: TENANT,
      workspaceId: HERE,
      cell: 1,
      epoch: 7,
    });
    expect(() => Object.assign(grant, { tenantId: OTHER_TENANT })).toThrow(TypeError);
  });

  it("is not made by looking like one", () => {
    if (granted.outcome !== "allow") throw new Error("expected a grant");
    expect(() => assertGrant(granted.grant)).not.toThrow();
    expect(() => assertGrant({ ...granted.grant })).toThrow(TypeError);
  });

  it("never reaches beyond the principal's own tenant and cell, whatever is asked", () => {
    const ids = fc.constantFrom(TENANT, OTHER_TENANT);
    const places = fc.constantFrom(HERE, ELSEWHERE, TENANT_WIDE, null);
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.constantFrom(HERE, ELSEWHERE, null),
        fc.constantFrom(...permissions),
        ids,
        places,
        fc.constantFrom(1, 2),
        (...[role, at, permission, tenantId, workspaceId, cell]) => {
          const decision = decide({
            principal: person([bound(role, at)]),
            permission,
            scope: { tenantId, workspaceId, cell, region: cell === 1 ? "us-east-1" : "eu-west-1" },
            now: NOW,
            decisionId: "d",
            requestId: "r",
          });
          if (decision.outcome === "deny") return;
          expect(decision.grant.tenantId).toBe(TENANT);
          expect(decision.grant.cell).toBe(1);
          if (PERMISSIONS[permission].scope === "workspace") {
            expect(at === null || decision.grant.workspaceId === at).toBe(true);
          }
        },
      ),
    );
  });
});
