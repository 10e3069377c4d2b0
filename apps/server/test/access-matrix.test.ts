import { PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import { PLATFORM_PERMISSIONS, roleAllows } from "@aic-sos/policy/role-table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../src/trpc/app-router.ts";
import { restProcedures } from "../src/trpc/rest-procedures.ts";
import { callEverything, makePlaces, type Places } from "./access-cells.ts";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
let places: Places;

beforeAll(async () => {
  harness = await startHarness();
  places = await makePlaces(harness);
});
afterAll(() => harness.stop());

describe("the matrix of access", () => {
  it("is the committed one", { timeout: 120_000 }, async () => {
    const matrix = await callEverything(harness, places);
    await expect(matrix).toMatchFileSnapshot("../access-matrix.txt");
  });
});

describe("procedures", () => {
  it("each declare a permission, an address and a shape: what declares none does not start", () => {
    const keys = Object.keys(appRouter._def.procedures);
    expect(restProcedures.map(({ key }) => key)).toEqual(keys);
    for (const { permission, input, output } of restProcedures) {
      expect(permissions).toContain(permission);
      expect(
        [input.constructor.name, output.constructor.name].every((name) => name.startsWith("Zod")),
      ).toBe(true);
    }
  });

  it("that change something are mutations, and no mutation is reached by GET", () => {
    for (const { key, type, method, permission } of restProcedures) {
      if (type === "query") expect(PERMISSIONS[permission].effect, key).toBe("read");
      else
        expect([key, PERMISSIONS[permission].effect, method === "GET"]).toEqual([
          key,
          "write",
          false,
        ]);
    }
  });

  it("use every permission there is, but for those of approvals, whose feature is not there yet", () => {
    const used = new Set<string>(restProcedures.map(({ permission }) => permission));
    expect(permissions.filter((permission) => !used.has(permission))).toEqual([
      "approval:read",
      "approval:decide",
    ]);
  });

  it("ask for permissions that somebody has: a role, the platform, or everybody for themselves", () => {
    for (const permission of permissions) {
      const held =
        PERMISSIONS[permission].scope === "self" ||
        PLATFORM_PERMISSIONS.includes(permission) ||
        ROLES.some((role) => roleAllows(role, permission));
      expect([permission, held]).toEqual([permission, true]);
    }
  });
});
