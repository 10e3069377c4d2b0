import type { Scope } from "./scope.ts";

/** PostgreSQL's error codes for a scope that is not opened. */
export const SCOPE_REFUSED = {
  /** The principal's epoch is another than the grant's, or there is no such principal. */
  staleEpoch: "AE001",
  /** A principal of one tenant would act in another, which only the platform's administrators do. */
  foreignTenant: "AE007",
} as const;

/**
 * Opens a scope for the rest of the transaction, or raises one of `SCOPE_REFUSED`. The first statement of every transaction of a
 * request; its values are `scopeValues`. Plain SQL and no function: every read pays for it (docs/adr/0011).
 *
 * The branches of a CASE are evaluated in their order, and all depends on it: the principal's row is visible only once the
 * scope is the principal's own tenant. In another order nobody would be found, and every scope of a new transaction refused.
 */
export const BEGIN_SCOPE = `SELECT
  pg_catalog.set_config('app.workspace_id', coalesce($2::text, ''), true),
  CASE WHEN $6::boolean THEN pg_catalog.set_config('transaction_read_only', 'on', true) END,
  CASE
    WHEN pg_catalog.set_config('app.tenant_id',
      coalesce((CASE WHEN $4::uuid IS NULL THEN $1::uuid ELSE $3::uuid END)::text, ''), true) IS NULL THEN NULL
    WHEN $4 IS NULL THEN NULL
    WHEN NOT EXISTS (SELECT FROM public.users AS u WHERE u.tenant_id = $3 AND u.id = $4 AND u.epoch = $5::bigint)
      THEN public.refuse_scope('${SCOPE_REFUSED.staleEpoch}', 'the rights of this principal have changed')
    WHEN $1 = $3 THEN NULL
    WHEN public.is_platform_tenant($3) THEN pg_catalog.set_config('app.tenant_id', coalesce($1::text, ''), true)
    ELSE public.refuse_scope('${SCOPE_REFUSED.foreignTenant}', 'a principal of one tenant cannot act in another')
  END`;

/** The values of `BEGIN_SCOPE`, as PostgreSQL reads them. */
export function scopeValues(scope: Scope): readonly (string | null)[] {
  return [
    scope.tenantId,
    scope.workspaceId,
    scope.principalTenantId,
    scope.principalId,
    scope.epoch === null ? null : String(scope.epoch),
    scope.readOnly ? "t" : "f",
  ];
}
