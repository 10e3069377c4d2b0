import { ROLES } from "@aic-sos/contract/roles";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connected, enterScope, sqlState } from "./catalogue.ts";

let cells: FreshCells;
let superuser: Client;
let tenant: TestTenant;
let here: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  tenant = await makeTenant(superuser, cells.us);
  here = await makeWorkspace(superuser, tenant);
  elsewhere = await makeWorkspace(superuser, tenant);
});
afterAll(() => cells?.drop());

/** Begins a transaction as the application, in one workspace's scope. */
async function administratorOf(workspace: TestWorkspace): Promise<Client> {
  const app = await connected(cells.us.urls.app);
  await app.query("BEGIN");
  await enterScope(app, tenant.id, workspace.id);
  return app;
}

function bind(app: Client, workspace: TestWorkspace, userId: string, role: string) {
  return sqlState(
    app.query(
      "INSERT INTO role_bindings (tenant_id, id, workspace_id, user_id, role) VALUES ($1, $2, $3, $4, $5)",
      [tenant.id, freshId(cells.us.code), workspace.id, userId, role],
    ),
  );
}

describe("a toxic pair", () => {
  it("is refused across workspaces by the database, exactly where the policy names one", async () => {
    for (const held of ROLES) {
      for (const added of ROLES) {
        const { id } = await makePerson(superuser, tenant, { role: held, workspace: elsewhere });
        const app = await administratorOf(here);
        const expected = toxicPair([held], added) ? "AE006" : "none";
        expect(await bind(app, here, id, added), `${added} beside ${held}`).toBe(expected);
        await app.end();
      }
    }
  });

  it("cannot be made by two administrators at once", async () => {
    const { id } = await makePerson(superuser, tenant);
    const [one, other] = [await administratorOf(here), await administratorOf(elsewhere)];
    expect(await bind(one, here, id, "Auditor")).toBe("none");
    const waiting = bind(other, elsewhere, id, "Operator");
    await one.query("COMMIT");
    expect(await waiting).toBe("AE006");
    await Promise.all([one.end(), other.end()]);
  });
});
