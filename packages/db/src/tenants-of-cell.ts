import { assertGrant, type Grant } from "@aic-sos/policy/grant";
import { cellByCode } from "./cells.ts";
import { scopeOf } from "./scope.ts";

/** A tenant as the platform may know it. */
export interface TenantOfCell {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly region: string;
  readonly state: string;
  readonly createdAt: Date;
}

/**
 * The tenants of the grant's cell, newest first, without the reserved one. Row-level security shows a scope its own
 * tenant only, so a function of the database's owner reads them, and answers the platform's scope alone.
 */
export async function readTenantsOfCell(
  grant: Grant<"tenant:list">,
  page: { before: string | null; limit: number },
): Promise<readonly TenantOfCell[]> {
  assertGrant(grant);
  const { rows } = await cellByCode(grant.cell).app.run<TenantOfCell>(scopeOf(grant, true), {
    name: "tenants_of_cell",
    text: `select tenant_id as id, name, slug, region, state, created_at as "createdAt"
      from tenants_of_cell($1, $2)`,
    values: [page.before, page.limit],
  });
  return rows;
}
