import { type Permission, PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { fitsLimitedKey } from "./key-permissions.ts";
import type { Principal } from "./principal.ts";

const WORKSPACE = "01890000-0000-8001-8000-0000000000a1";
const TENANT = "01890000-0000-8001-8000-0000000000b1";

function service(credentialPermissions: readonly Permission[] | null): Principal {
  return {
    id: "01890000-0000-8001-8000-0000000000c1",
    kind: "service",
    tenantId: TENANT,
    region: "us-east-1",
    cell: 1,
    authentication: "api_key",
    disabled: false,
    epoch: 1,
    bindings: [
      {
        id: "01890000-0000-8001-8000-0000000000d1",
        role: "WorkspaceAdmin",
        workspaceId: null,
        expiresAt: null,
      },
    ],
    credentialWorkspaceId: null,
    credentialPermissions,
    credentialExpiresAt: null,
  };
}

function outcomeOf(principal: Principal, permission: Permission): string {
  const decision = decide({
    principal,
    permission,
    scope: { tenantId: TENANT, workspaceId: WORKSPACE, region: "us-east-1", cell: 1 },
    now: 0,
    decisionId: "decision",
    requestId: "request",
  });
  return decision.outcome === "allow" ? "allow" : decision.reason;
}

describe("a limited key", () => {
  it("does what it is limited to, asks who it is and why not, and nothing else, whatever roles its service has", () => {
    const limited = service(["run:create", "run:read"]);
    for (const permission of permissions) {
      const outcome = outcomeOf(limited, permission);
      const may = ["run:create", "run:read", "self:read", "authz:explain"].includes(permission);
      if (may) expect([permission, outcome]).toEqual([permission, "allow"]);
      else expect([permission, outcome === "allow"]).toEqual([permission, false]);
    }
    expect(outcomeOf(limited, "workflow:publish")).toBe("credential_lacks_permission");
  });

  it("never does more than its service's roles", () => {
    const { bindings, ...others } = service(["workflow:publish"]);
    const auditor = { ...others, bindings: bindings.map((one) => ({ ...one, role: "Auditor" })) };
    expect(outcomeOf(auditor as Principal, "workflow:publish")).toBe("auditor_never_mutates");
    expect(outcomeOf({ ...others, bindings: [] }, "workflow:publish")).toBe("no_binding");
  });

  it("that names nothing may nothing: an empty list is no missing one", () => {
    expect(outcomeOf(service([]), "run:read")).toBe("credential_lacks_permission");
    expect(outcomeOf(service(null), "run:read")).toBe("allow");
  });

  it("never approves, though its list said so", () => {
    expect(outcomeOf(service(["approval:decide"]), "approval:decide")).toBe(
      "service_never_approves",
    );
  });
});

describe("what a key's list may name", () => {
  it("never gives anybody rights, and nothing that only the platform or oneself may", () => {
    const refused = permissions.filter((permission) => !fitsLimitedKey(permission));
    expect(refused).toEqual(
      expect.arrayContaining([
        "tenant:create",
        "self:manage",
        "approval:decide",
        "member:invite",
        "member:enable",
        "role:grant",
        "service:create",
        "service:enable",
        "api_key:create",
        "api_key:rotate",
      ]),
    );
    const tenantWrites = permissions.filter(
      (permission) =>
        PERMISSIONS[permission].scope === "tenant" && PERMISSIONS[permission].effect === "write",
    );
    expect(tenantWrites.filter(fitsLimitedKey)).toEqual([]);
  });

  it("is what services are for: runs, workflows, provider keys, connectors, and reading", () => {
    for (const permission of [
      "run:create",
      "run:read",
      "workflow:publish",
      "provider_key:create",
      "connector_credentials:update",
      "audit_event:read",
      "api_key:revoke",
    ] as const) {
      expect([permission, fitsLimitedKey(permission)]).toEqual([permission, true]);
    }
  });
});
