import type { Permission } from "@aic-sos/contract/permissions";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";

/** All workspaces of a tenant: set on purpose for tenant-wide work, never by leaving something out. */
export const TENANT_WIDE = "*";

/** Where a grant or a request acts, as rows and events say it: null for the whole tenant. */
export function workspaceOf({
  workspaceId,
}: {
  readonly workspaceId: string | null;
}): string | null {
  return workspaceId === TENANT_WIDE ? null : workspaceId;
}

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

/** Its private field is the brand: no other code can put one on an object, and it costs a fifth of a WeakSet's entry. */
class MintedGrant<P extends Permission> implements GrantFacts<P> {
  readonly #minted = true;
  readonly permission: P;
  readonly tenantId: string;
  readonly workspaceId: string;
  readonly region: string;
  readonly cell: number;
  readonly principalId: string;
  readonly principalKind: PrincipalKind;
  readonly authentication: AuthenticationMethod;
  readonly principalTenantId: string;
  readonly epoch: number;
  readonly decisionId: string;
  readonly requestId: string;

  constructor(facts: GrantFacts<P>) {
    this.permission = facts.permission;
    this.tenantId = facts.tenantId;
    this.workspaceId = facts.workspaceId;
    this.region = facts.region;
    this.cell = facts.cell;
    this.principalId = facts.principalId;
    this.principalKind = facts.principalKind;
    this.authentication = facts.authentication;
    this.principalTenantId = facts.principalTenantId;
    this.epoch = facts.epoch;
    this.decisionId = facts.decisionId;
    this.requestId = facts.requestId;
    Object.freeze(this);
  }

  static isBehind(grant: object): boolean {
    return #minted in grant && grant.#minted;
  }
}

/** Makes a grant. Only `decide` calls this: a boundary rule and a test keep it so. */
export function mintGrant<P extends Permission>(facts: GrantFacts<P>): Grant<P> {
  return new MintedGrant(facts) as GrantFacts<P> as Grant<P>;
}

/** Throws for anything that `decide` did not make. */
export function assertGrant(grant: Grant): void {
  if (!MintedGrant.isBehind(grant)) {
    throw new TypeError("this is no grant: only policy makes them");
  }
}
