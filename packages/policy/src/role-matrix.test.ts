import { permissions } from "@aic-sos/contract/permissions";
import { describe, expect, it } from "vitest";
import { printRoleMatrix } from "./role-matrix.ts";

const lines = printRoleMatrix().split("\n");
const rowOf = (permission: string) => lines.find((line) => line.startsWith(`${permission} `));

describe("the printed grid of rights", () => {
  it("has one line for each permission there is", () => {
    expect(permissions.map(rowOf).filter(Boolean)).toHaveLength(permissions.length);
  });

  it("shows what a role may and may not do", () => {
    expect(rowOf("run:create")).toMatch(/^run:create +workspace +write +x +x +\. +\. +\. +\.$/);
    expect(rowOf("tenant:create")).toMatch(/ \. +\. +\. +\. +\. +x$/);
  });

  it("gives everybody what they may do for themselves", () => {
    expect(rowOf("self:manage")).toMatch(/ x +x +x +x +x +x$/);
  });
});
