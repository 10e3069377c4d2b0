import { describe, expect, it } from "vitest";
import { roleChoices } from "./role-choices.ts";

const closed = (held: Parameters<typeof roleChoices>[0]) =>
  roleChoices(held)
    .filter((choice) => choice.disabled)
    .map((choice) => choice.value);

describe("roleChoices", () => {
  it("offers an auditor no other role, and nobody else the auditor's", () => {
    expect(closed(["Auditor"])).toEqual([
      "WorkspaceAdmin",
      "Operator",
      "Approver",
      "IntegrationAdmin",
    ]);
    expect(closed(["Operator"])).toEqual(["Auditor"]);
    expect(closed([])).toEqual([]);
  });
  it("says why a role cannot be chosen", () => {
    expect(roleChoices(["Operator"]).find((choice) => choice.value === "Auditor")?.label).toBe(
      "Auditor (never together with Operator)",
    );
  });
});
