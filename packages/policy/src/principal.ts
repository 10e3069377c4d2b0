import type { Permission } from "@aic-sos/contract/permissions";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";
import type { Role } from "@aic-sos/contract/roles";

/** A role, in one workspace or (`workspaceId` null) tenant-wide; `expiresAt` in Unix milliseconds. */
export interface Binding {
  readonly id: string;
  readonly role: Role;
  readonly workspaceId: string | null;
  readonly expiresAt: number | null;
}

/** Whether a role has not ended. `now` in Unix milliseconds. */
export function isLive({ expiresAt }: Pick<Binding, "expiresAt">, now: number): boolean {
  return expiresAt === null || expiresAt > now;
}

/** Who is calling, with everything a decision needs. Read fresh, or cached together with its epoch. */
export interface Principal {
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly tenantId: string;
  readonly region: string;
  readonly cell: number;
  readonly authentication: AuthenticationMethod;
  readonly disabled: boolean;
  readonly epoch: number;
  readonly bindings: readonly Binding[];
  /** The workspace that the credential is bound to, when it is. */
  readonly credentialWorkspaceId: string | null;
  /** What the credential is limited to, when it is: it never does more than these and the roles allow. */
  readonly credentialPermissions: readonly Permission[] | null;
  /** Unix milliseconds; null when the credential has no end of its own. */
  readonly credentialExpiresAt: number | null;
}
