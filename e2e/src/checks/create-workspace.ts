import { Workspace } from "@aic-sos/contract/workspaces";
import { type Check, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { refused } from "../rest/problem.ts";
import { expectSame } from "../unmet.ts";

/** Tenant, name and region make a workspace; another region than the tenant's is refused. No content is kept by default. */
export const createWorkspace: Check = {
  title: "create workspace (tenant, name, region)",
  run: async (gate) => {
    const { platform, region, otherRegion } = gate;
    const tenant = made(gate, "tenant");
    const body = { tenantId: tenant.id, name: "Gate Service Desk", region };
    const workspace = answered(
      await platform.call("POST", "/api/workspaces", { body }),
      201,
      Workspace,
    );
    expectSame("the workspace's tenant", tenant.id, workspace.tenantId);
    expectSame("the workspace's region", region, workspace.region);
    expectSame("its data mode", "metadata_only", workspace.settings.dataPersistenceMode);
    gate.made.workspace = workspace;
    const elsewhere = { ...body, name: "Gate Elsewhere", region: otherRegion };
    refused(
      await platform.call("POST", "/api/workspaces", { body: elsewhere }),
      400,
      "invalid_input",
    );
    refused(await platform.call("POST", "/api/workspaces", { body }), 409, "already_exists");
    return `${workspace.name} in ${workspace.region}, ${workspace.settings.dataPersistenceMode}`;
  },
};
