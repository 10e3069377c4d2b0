import type { Permission } from "@aic-sos/contract/permissions";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";

/** All workspaces of a tenant: set on purpose for tenant-wide work, never by leaving something out. */
export const TENANT_WIDE = "*";

/** What a grant says. Ids are UUIDv8, `epoch` is the principal's version of rights when it was decided. */
export interface GrantFacts<P extends Permission = Permission> {
  readonly permission: P;
  readonly tenantId: string;
  readonly workspaceId: string;
  readonly region: string;
  readonly cell: number;
  readonly principalId: string;
  readonly principalKind: PrincipalKind;
  /** How the principal proved who it is: audit events of changes repeat it. */
  readonly authentication: AuthenticationMethod;
  /** The tenant whose user the principal is: another than `tenantId` for platform administrators only. */
  readonly principalTenantId: string;
  readonly epoch: number;
  readonly decisionId: string;
  readonly requestId: string;
}

declare const minted: unique symbol;

/**
 * Proof that `decide` allowed one permission in one scope. Data functions ask for the one they need, so a read
 * grant in a write function is a type error, and an object that merely looks like a grant is refused at run time.
 */
export interface Grant<P extends Permission = Permission> extends GrantFacts<P> {
  readonly [minted]: true;
}

const mintedGrants = new WeakSet<object>();

/** Makes a grant. Only `decide` calls this: a boundary rule and a test keep it so. */
export function mintGrant<P extends Permission>(facts: GrantFacts<P>): Grant<P> {
  const grant = Object.freeze({ ...facts }) as Grant<P>;
  mintedGrants.add(grant);
  return grant;
}

/** Throws for anything that `decide` did not make. */
export function assertGrant(grant: Grant): void {
  if (!mintedGrants.has(grant)) throw new TypeError("this is no grant: only policy makes them");
}
