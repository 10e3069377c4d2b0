import { Connector } from "@aic-sos/contract/connectors";
import { Run } from "@aic-sos/contract/runs";
import { signIn } from "../browser/sign-in.ts";
import { countOf, enterScope, tablesWith, withDatabase } from "../database/look.ts";
import { loginAddress } from "../demo-person.ts";
import { EXAMPLE_INPUTS } from "../example-workflow.ts";
import { type Check, databaseOf, type Gate, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { expectSame, expectThat } from "../unmet.ts";
import { seesNothing } from "./sees-nothing.ts";

/** Neither another workspace's nor another tenant's administrator sees any of it: over REST, and by SQL as the application. */
export const isolation: Check = {
  title: "isolation (no other workspace, no other tenant sees any of it)",
  run: async (gate) => {
    await makeThings(gate);
    const { neighbour, admin } = made(gate, "members");
    const { dev, browser } = gate;
    // The same human, administrator of the other tenant, too: rights do not travel with the person.
    const elsewhere = loginAddress(admin.person.tenant.toLowerCase());
    const stranger = await signIn(browser, dev.url, elsewhere, admin.person);
    const asked = [
      await seesNothing(gate, neighbour.rest, "workspace"),
      await seesNothing(gate, stranger.rest, "tenant"),
    ];
    const tables = await rowsAreHidden(gate, stranger.rest);
    return `${asked.join(" and ")} read operations show nothing; rows hidden in ${tables} tables that hold some`;
  },
};

/** Something of each noun that a workspace can hold. */
async function makeThings(gate: Gate): Promise<void> {
  const { operator, integrationAdmin } = made(gate, "members");
  const workspaceId = made(gate, "workspace").id;
  const run = { workflowId: made(gate, "workflow").id, inputs: EXAMPLE_INPUTS, workspaceId };
  const connector = {
    kind: "servicenow",
    name: "Gate ServiceNow",
    config: { instanceUrl: "https://gate.service-now.example" },
    credentials: { username: "svc-gate", password: "gate-connector-password" },
    workspaceId,
  };
  gate.made.runId = answered(
    await operator.rest.call("POST", "/api/runs", { body: run }),
    201,
    Run,
  ).id;
  gate.made.connectorId = answered(
    await integrationAdmin.rest.call("POST", "/api/connectors/install", { body: connector }),
    201,
    Connector,
  ).id;
}

/**
 * Raw SQL as the application's role: with the other tenant's scope, with the other workspace's, with none. A superuser
 * proves that the rows are there.
 * @returns how many tables hold rows of the tenant
 */
async function rowsAreHidden(
  gate: Gate,
  stranger: Parameters<typeof seesNothing>[1],
): Promise<number> {
  const tenantId = made(gate, "tenant").id;
  const workspaceId = made(gate, "workspace").id;
  const me = (await stranger.call("GET", "/api/me")).body as { tenant: { id: string } };
  expectThat(me.tenant.id !== tenantId, "the stranger to be of another tenant", me.tenant);
  const database = databaseOf(gate, gate.region);
  const tenantRows = await rowsOf(database.superuser, "tenant_id", tenantId);
  const workspaceRows = await rowsOf(database.superuser, "workspace_id", workspaceId);
  expectThat(
    tenantRows.size >= 12,
    "a superuser to find rows of the tenant in a dozen tables at least",
    [...tenantRows],
  );
  const other = { tenantId: me.tenant.id, workspaceId: "*" };
  const neighbour = { tenantId, workspaceId: made(gate, "otherWorkspace").id };
  await withDatabase(database.app, async (client) => {
    const visible = async (
      table: string,
      column: string,
      id: string,
      scope: typeof other | undefined,
    ) => {
      await client.query("begin");
      if (scope) await enterScope(client, scope);
      // Where the role may not read at all, nothing can be seen either.
      const count = await countOf(client, `select count(*) from "${table}" where ${column} = $1`, [
        id,
      ]).catch(() => 0);
      await client.query("rollback");
      return count;
    };
    for (const table of tenantRows.keys()) {
      expectSame(
        `rows of ${table} visible to another tenant`,
        0,
        await visible(table, "tenant_id", tenantId, other),
      );
      expectSame(
        `rows of ${table} visible without a scope`,
        0,
        await visible(table, "tenant_id", tenantId, undefined),
      );
    }
    for (const table of workspaceRows.keys()) {
      const seen = await visible(table, "workspace_id", workspaceId, neighbour);
      expectSame(`rows of ${table} visible to another workspace`, 0, seen);
    }
  });
  return tenantRows.size;
}

async function rowsOf(
  url: string,
  column: string,
  id: string,
): Promise<ReadonlyMap<string, number>> {
  return withDatabase(url, async (client) => {
    const found = new Map<string, number>();
    for (const table of await tablesWith(client, column)) {
      const count = await countOf(client, `select count(*) from "${table}" where ${column} = $1`, [
        id,
      ]);
      if (count > 0) found.set(table, count);
    }
    return found;
  });
}
