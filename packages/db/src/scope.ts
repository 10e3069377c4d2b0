import { AsyncLocalStorage } from "node:async_hooks";
import type { Grant } from "@aic-sos/policy/grant";

/** Whose rows the next statement may touch, and on whose behalf: the values of `BEGIN_SCOPE`. */
export interface Scope {
  readonly tenantId: string;
  /** A workspace's id or `*`. */
  readonly workspaceId: string;
  /** The tenant whose user the principal is; null when there is no principal (the doors). */
  readonly principalTenantId: string | null;
  readonly principalId: string | null;
  /** The principal's version of rights at the decision; null without a principal. */
  readonly epoch: number | null;
  readonly readOnly: boolean;
}

/**
 * How the pool runs what it is given.
 * - `single`: one statement with its scope in one implicit transaction, one Sync
 * - `snapshot`: an interactive REPEATABLE READ transaction, read-only
 * - `transaction`: an interactive READ COMMITTED transaction
 */
export interface Passage {
  readonly scope: Scope;
  readonly mode: "single" | "snapshot" | "transaction";
  /** Statements sent so far; `single` allows one. */
  statements: number;
  /** Set when the read or write is over: its client is then of no use. */
  ended: boolean;
}

/** How a scope travels through Prisma to the pool. Private to this package: nobody else may run with a scope. */
export const passages = new AsyncLocalStorage<Passage>();

/** True inside the callback of an interactive transaction. */
export function isInTransaction(): boolean {
  const passage = passages.getStore();
  return passage !== undefined && passage.mode !== "single";
}

/** The scope that a grant gives. */
export function scopeOf(grant: Grant, readOnly: boolean): Scope {
  return {
    tenantId: grant.tenantId,
    workspaceId: grant.workspaceId,
    principalTenantId: grant.principalTenantId,
    principalId: grant.principalId,
    epoch: grant.epoch,
    readOnly,
  };
}

/** The principal's own tenant: where its idempotency keys live. The tenant `platform` for platform administrators. */
export function homeScope(grant: Grant, readOnly: boolean): Scope {
  return { ...scopeOf(grant, readOnly), tenantId: grant.principalTenantId, workspaceId: "*" };
}

/** A tenant without a principal, for the doors. */
export function tenantScope(tenantId: string, readOnly: boolean): Scope {
  return withoutPrincipal(tenantId, "*", readOnly);
}

/** Nobody's scope: sees no row of any tenant. For the tables that have none. */
export const NOBODY: Scope = withoutPrincipal("00000000-0000-0000-0000-000000000000", "", false);

function withoutPrincipal(tenantId: string, workspaceId: string, readOnly: boolean): Scope {
  return {
    tenantId,
    workspaceId,
    principalTenantId: null,
    principalId: null,
    epoch: null,
    readOnly,
  };
}
