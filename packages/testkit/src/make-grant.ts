import { randomUUID } from "node:crypto";
import type { Permission } from "@aic-sos/contract/permissions";
import { decide } from "@aic-sos/policy/decide";
import { type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";

/**
 * A real grant: `decide` is asked, as everywhere.
 * @param scope the workspace, or nothing for tenant-wide; `tenantId` for platform administrators
 * @throws with the reason when the principal may not
 */
export function makeGrant<P extends Permission>(
  principal: Principal,
  permission: P,
  scope: { workspaceId?: string; tenantId?: string } = {},
): Grant<P> {
  const decision = decide({
    principal,
    permission,
    scope: {
      tenantId: scope.tenantId ?? principal.tenantId,
      workspaceId: scope.workspaceId ?? TENANT_WIDE,
      region: principal.region,
      cell: principal.cell,
    },
    now: Date.now(),
    decisionId: randomUUID(),
    requestId: randomUUID(),
  });
  if (decision.outcome === "allow") return decision.grant;
  throw new Error(`${principal.id} may not ${permission}: ${decision.reason}`);
}
