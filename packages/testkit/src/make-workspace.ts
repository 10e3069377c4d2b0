import type { DataMode } from "@aic-sos/contract/data-modes";
import type { Client } from "pg";
import { freshId } from "./make-id.ts";
import type { TestTenant } from "./make-tenant.ts";

export interface TestWorkspace {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** Its environment `prod`. */
  readonly environmentId: string;
}

/** Inserts a workspace with its environment `prod`, past row-level security. */
export async function makeWorkspace(
  db: Client,
  tenant: TestTenant,
  fields: { name?: string; dataPersistenceMode?: DataMode } = {},
): Promise<TestWorkspace> {
  const id = freshId(tenant.cell);
  const environmentId = freshId(tenant.cell);
  const { name = `Workspace ${id.slice(-6)}`, dataPersistenceMode = "metadata_only" } = fields;
  await db.query(
    `INSERT INTO workspaces (tenant_id, id, name, region, data_persistence_mode) VALUES ($1, $2, $3, $4, $5)`,
    [tenant.id, id, name, tenant.region, dataPersistenceMode],
  );
  await db.query(
    "INSERT INTO environments (tenant_id, workspace_id, id, name) VALUES ($1, $2, $3, 'prod')",
    [tenant.id, id, environmentId],
  );
  return { id, tenantId: tenant.id, name, environmentId };
}
