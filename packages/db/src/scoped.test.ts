import { randomUUID } from "node:crypto";
import type { Permission } from "@aic-sos/contract/permissions";
import { decide } from "@aic-sos/policy/decide";
import type { Grant } from "@aic-sos/policy/grant";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { makePerson, type TestPerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenCells, openCells } from "./cells.ts";
import { newId } from "./ids.ts";
import { read, write } from "./scoped.ts";

let cells: FreshCells;
let open: OpenCells;
beforeAll(async () => {
  cells = await freshCells();
  open = await openCells([cells.us]);
});
afterAll(async () => {
  await open.close();
  await cells.drop();
});

describe("scoped", () => {
  it("works", async () => {
    const su = await cells.superuser(cells.us);
    const tenant = await makeTenant(su, cells.us);
    const ws = await makeWorkspace(su, tenant);
    const p = await makePerson(su, tenant, { role: "Operator", workspace: ws });
    const grant = (permission: Permission) => {
      const d = decide({
        principal: p.principal,
        permission,
        scope: {
          tenantId: tenant.id,
          workspaceId: ws.id,
          region: tenant.region,
          cell: tenant.cell,
        },
        now: Date.now(),
        decisionId: randomUUID(),
        requestId: "r",
      });
      if (d.outcome === "deny") throw new Error(d.reason);
      return d.grant;
    };
    const made = await write(grant("workflow:create"), async (tx) => {
      const id = newId(tenant.cell);
      return tx.workflow.create({
        data: { id, name: "x", createdBy: p.id },
        select: { id: true, name: true },
      });
    });
    const list = await read(grant("workflow:read"), (db) =>
      db.workflow.findMany({ include: { workflowVersions: true } }),
    );
    expect(list.map((one) => one.id)).toEqual([made.id]);
  });
});
