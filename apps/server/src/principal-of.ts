import { cellOf } from "@aic-sos/contract/ids";
import { Role } from "@aic-sos/contract/roles";
import type { Principal } from "@aic-sos/policy/principal";

/** What is read of somebody, to ask the rules about them. */
export const PRINCIPAL_FIELDS = {
  id: true,
  tenantId: true,
  kind: true,
  state: true,
  epoch: true,
  tenant: { select: { region: true } },
  roleBindingsAsUser: {
    select: { id: true, role: true, workspaceId: true, expiresAt: true },
    orderBy: { id: "asc" },
  },
} as const;

interface UserRow {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly state: string;
  readonly epoch: bigint;
  readonly tenant: { readonly region: string };
  readonly roleBindingsAsUser: readonly {
    readonly id: string;
    readonly role: string;
    readonly workspaceId: string | null;
    readonly expiresAt: Date | null;
  }[];
}

/** Somebody of a tenant who is not the one that calls, as if they did, with a credential that limits nothing. */
export function principalOf(user: UserRow): Principal {
  const isService = user.kind === "service";
  return {
    id: user.id,
    kind: isService ? "service" : "user",
    tenantId: user.tenantId,
    region: user.tenant.region,
    cell: cellOf(user.tenantId),
    authentication: isService ? "api_key" : "session",
    disabled: user.state !== "active",
    epoch: Number(user.epoch),
    bindings: user.roleBindingsAsUser.map(({ id, role, workspaceId, expiresAt }) => ({
      id,
      role: Role.parse(role),
      workspaceId,
      expiresAt: expiresAt?.getTime() ?? null,
    })),
    credentialWorkspaceId: null,
    credentialPermissions: null,
    credentialExpiresAt: null,
  };
}
