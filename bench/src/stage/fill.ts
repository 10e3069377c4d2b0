import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type pg from "pg";
import { freshId, type KeyHolder, withCallers } from "./callers.ts";
import { CELL, type Stage } from "./stage.ts";

const WORKSPACES = 200;
const WORKFLOWS = 200;

/** Rows to read: a tenant with 200 workspaces, one of which has 200 published workflows. */
export interface Filled {
  readonly tenant: TestTenant;
  readonly workspace: TestWorkspace;
  readonly reader: KeyHolder;
}

/** Fills a stage, past row-level security: how rows came there is not what is measured. */
export async function fill(stage: Stage, db: pg.Client): Promise<Filled> {
  const tenant = await makeTenant(db, CELL, { name: "Bench", slug: "bench" });
  let workspace = await makeWorkspace(db, tenant, { name: "Workspace 0" });
  for (let at = 1; at < WORKSPACES; at += 1)
    workspace = await makeWorkspace(db, tenant, { name: `Workspace ${at}` });
  const place = { tenant, workspace };
  const reader = await withCallers(stage, db, (callers) => callers.make(tenant, "WorkspaceAdmin"));
  for (let at = 0; at < WORKFLOWS; at += 1)
    await makeWorkflow(db, place, reader.person.id, `workflow-${at}`);
  await db.query("vacuum analyze");
  return { ...place, reader };
}

async function makeWorkflow(
  db: pg.Client,
  { tenant, workspace }: { tenant: TestTenant; workspace: TestWorkspace },
  userId: string,
  name: string,
): Promise<void> {
  const [workflowId, versionId] = [freshId(), freshId()];
  const place = [tenant.id, workspace.id];
  await db.query(
    "insert into workflows (tenant_id, workspace_id, id, name, description, created_by) values ($1, $2, $3, $4, $5, $6)",
    [
      ...place,
      workflowId,
      name,
      `What ${name} is for, in a sentence as people write them.`,
      userId,
    ],
  );
  await db.query(
    `insert into workflow_versions
      (tenant_id, workspace_id, id, workflow_id, version, source, definition, digest, risk_tier, created_by)
      values ($1, $2, $3, $4, 1, $5, $6, $7, 'low', $8)`,
    [
      ...place,
      versionId,
      workflowId,
      "# no source is read here",
      {},
      `sha256:${"0".repeat(64)}`,
      userId,
    ],
  );
  // A trigger makes the release of it, which is what both contenders read.
  await db.query(
    `insert into workflow_publications
      (tenant_id, workspace_id, id, workflow_id, workflow_version_id, environment_id, published_by)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    [...place, freshId(), workflowId, versionId, workspace.environmentId, userId],
  );
}
