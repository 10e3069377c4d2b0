import { describe, expect, it } from "vitest";
import { bindingWords, wouldGrantWords } from "./explanation-words.ts";

const denied = {
  outcome: "deny",
  reason: "role_lacks_permission",
  rule: "role_lacks_permission",
  bindings: [],
} as const;

describe("an explanation in words", () => {
  it("names the roles that would do, here before the whole tenant", () => {
    const wouldGrant = {
      inWorkspace: ["WorkspaceAdmin" as const, "IntegrationAdmin" as const],
      tenantWide: ["WorkspaceAdmin" as const],
    };
    expect(wouldGrantWords({ ...denied, bindings: [], wouldGrant })).toMatch(
      /^Whoever is Workspace admin or Integration admin in this workspace may do it\./,
    );
    const wide = { inWorkspace: [], tenantWide: ["WorkspaceAdmin" as const] };
    expect(wouldGrantWords({ ...denied, bindings: [], wouldGrant: wide })).toContain(
      "in the whole tenant",
    );
  });

  it("says so when no role would do", () => {
    const wouldGrant = { inWorkspace: [], tenantWide: [] };
    expect(wouldGrantWords({ ...denied, bindings: [], wouldGrant })).toBe(
      "No further role would change that.",
    );
  });

  it("says of each role what it did", () => {
    const binding = { id: "b", role: "Operator", workspaceId: null, expiresAt: null } as const;
    expect(bindingWords({ ...binding, verdict: "role_lacks_permission" })).toMatch(
      /in the whole tenant: does not allow it\.$/,
    );
    expect(bindingWords({ ...binding, verdict: "auditor_never_mutates" })).toContain(
      "auditors change nothing",
    );
  });
});
