import type { Permission } from "@aic-sos/contract/permissions";
import type { Role } from "@aic-sos/contract/roles";
import { decide } from "@aic-sos/policy/decide";
import type { Grant } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";
import { type FreshCells, freshCells, type TestCell } from "@aic-sos/testkit/fresh-cells";
import { makePerson, type TestPerson } from "@aic-sos/testkit/make-person";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Client } from "pg";
import { type OpenCells, openCells } from "./cells.ts";
import { newId } from "./ids.ts";
import { countWire, type WireCounter } from "./wire-counter.test-support.ts";

/** An opened US cell of the test file's own, and a superuser who sees past every policy. */
export interface World {
  readonly cell: TestCell;
  readonly superuser: Client;
  /** What the application role sends. */
  readonly wire: WireCounter;
  close(): Promise<void>;
}

/** One tenant with a workspace and a person in it. */
export interface Place {
  readonly tenant: TestTenant;
  readonly workspace: TestWorkspace;
  readonly person: TestPerson;
}

/** Opens a fresh US cell; the application's connections go through a counter. */
export async function openWorld(): Promise<World> {
  const cells: FreshCells = await freshCells();
  const superuser = await cells.superuser(cells.us);
  const wire = await countWire(cells.us.urls.app);
  const urls = { ...cells.us.urls, app: wire.url };
  const open: OpenCells = await openCells([{ ...cells.us, urls }]);
  return {
    cell: cells.us,
    superuser,
    wire,
    close: async () => {
      await open.close();
      await wire.close();
      await cells.drop();
    },
  };
}

export async function makePlace(
  { superuser, cell }: Pick<World, "superuser" | "cell">,
  role: Role = "WorkspaceAdmin",
): Promise<Place> {
  const tenant = await makeTenant(superuser, cell);
  const workspace = await makeWorkspace(superuser, tenant);
  const person = await makePerson(superuser, tenant, { role, workspace });
  return { tenant, workspace, person };
}

/** A real grant, from `decide`; `workspaceId` null for a tenant-wide permission. */
export function grantIn<P extends Permission>(
  principal: Principal,
  permission: P,
  tenantId: string,
  workspaceId: string | null,
): Grant<P> {
  const { region, cell } = principal;
  const decision = decide({
    principal,
    permission,
    scope: { tenantId, workspaceId, region, cell },
    now: Date.now(),
    decisionId: newId(cell),
    requestId: "request",
  });
  if (decision.outcome === "deny") throw new Error(`${permission} was denied: ${decision.reason}`);
  return decision.grant;
}

/** A grant of the place's own person in its workspace. */
export function grantAt<P extends Permission>(place: Place, permission: P): Grant<P> {
  const { person, tenant, workspace } = place;
  return grantIn(person.principal, permission, tenant.id, workspace.id);
}

/** A workflow, past every policy. Returns its id. */
export async function makeWorkflow(
  { superuser }: World,
  place: Place,
  name: string,
): Promise<string> {
  const id = newId(place.tenant.cell);
  await superuser.query(
    "insert into workflows (tenant_id, workspace_id, id, name, created_by) values ($1, $2, $3, $4, $5)",
    [place.tenant.id, place.workspace.id, id, name, place.person.id],
  );
  return id;
}

/** The number in the first column of the first row, as the superuser sees it. */
export async function countOf(
  { superuser }: World,
  sql: string,
  values: unknown[] = [],
): Promise<number> {
  const { rows } = await superuser.query({ text: sql, values, rowMode: "array" });
  return Number(rows[0]?.[0]);
}
