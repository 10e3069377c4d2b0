import { ROLES } from "@aic-sos/contract/roles";
import { expect, it } from "vitest";
import { mayDecide, toxicPair } from "./separation-of-duties.ts";

it("an auditor holds no other role, in whichever order they are given", () => {
  for (const role of ROLES) {
    if (role === "Auditor") continue;
    expect(toxicPair(["Auditor"], role)).toBeDefined();
    expect(toxicPair([role], "Auditor")).toBeDefined();
  }
  expect(toxicPair(["Auditor"], "Auditor")).toBeUndefined();
  expect(toxicPair(["Operator", "IntegrationAdmin"], "Approver")).toBeUndefined();
});

it("nobody decides what they requested", () => {
  expect(mayDecide("person-1", "person-1")).toBe(false);
  expect(mayDecide("person-1", "person-2")).toBe(true);
});
