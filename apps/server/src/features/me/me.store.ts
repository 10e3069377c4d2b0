import type { Me } from "@aic-sos/contract/members";
import type { Role } from "@aic-sos/contract/roles";
import { readConsistent } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { isLive, type Principal } from "@aic-sos/policy/principal";
import { notFound } from "../../app-error.ts";

/** More workspaces than a switcher can show; the list has pages. */
const MOST_WORKSPACES = 100;

export const meStore = {
  async read(grant: Grant<"self:read">, principal: Principal, now: number): Promise<Me> {
    const live = principal.bindings.filter((binding) => isLive(binding, now));
    const tenantRoles = rolesIn(live, null);
    const named = live.map((binding) => binding.workspaceId).filter((id) => id !== null);
    const { user, tenant, workspaces } = await readConsistent(grant, async (db) => ({
      user: await db.user.findFirst({ where: { id: principal.id } }),
      tenant: await db.tenant.findFirst({ where: {} }),
      workspaces: await db.workspace.findMany({
        where: seen(principal, tenantRoles.length > 0, named),
        orderBy: { name: "asc" },
        take: MOST_WORKSPACES,
      }),
    }));
    if (!user || !tenant) throw notFound();
    return {
      principal: {
        id: user.id,
        kind: principal.kind,
        displayName: user.displayName,
        email: user.email,
        authentication: principal.authentication,
      },
      tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug, region: tenant.region },
      workspaces: workspaces.map(({ id, name, region, dataPersistenceMode }) => ({
        id,
        name,
        region,
        dataPersistenceMode,
        roles: [...new Set([...tenantRoles, ...rolesIn(live, id)])],
      })),
      tenantRoles,
    };
  },
};

/** A key that is bound to a workspace knows of no other. */
function seen(principal: Principal, tenantWide: boolean, named: readonly string[]) {
  const { credentialWorkspaceId: bound } = principal;
  if (bound !== null) return { id: { in: tenantWide || named.includes(bound) ? [bound] : [] } };
  return tenantWide ? {} : { id: { in: [...named] } };
}

function rolesIn(bindings: Principal["bindings"], workspaceId: string | null): Role[] {
  return bindings
    .filter((binding) => binding.workspaceId === workspaceId)
    .map((binding) => binding.role);
}
