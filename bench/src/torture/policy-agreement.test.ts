import { describe, expect, it } from "vitest";
import { policyAgreement } from "./policy-agreement.ts";

describe("what decide() says", () => {
  // WebAssembly judges some 3,000 cases a second, on a core that other tests use, too.
  it("is what Cedar says of the same roles, scope, ends and limits, 5,000 times", {
    timeout: 120_000,
  }, () => {
    const { problems, ...facts } = policyAgreement({
      cases: 5_000,
      seed: 6,
      say: () => undefined,
    });
    expect(problems).toEqual([]);
    expect(facts.allowed).toBeGreaterThan(400);
    // Each reason that decide() gives was met: no rule was left out of the comparison.
    expect(Object.keys(facts.denied).toSorted()).toEqual([
      "auditor_never_mutates",
      "binding_expired",
      "credential_expired",
      "credential_lacks_permission",
      "no_binding",
      "platform_only",
      "platform_sees_no_data",
      "principal_disabled",
      "region_mismatch",
      "role_lacks_permission",
      "service_never_approves",
      "tenant_mismatch",
      "unknown_permission",
      "workspace_mismatch",
      "workspace_required",
    ]);
  });
});
