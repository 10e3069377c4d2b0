import { cellByCode } from "./cells.ts";
import { NOBODY } from "./scope.ts";

/** A tenant as its login page may know it. No provider: the deployment's default one. */
export interface LoginTenant {
  readonly tenantId: string;
  readonly name: string;
  readonly slug: string;
  readonly providers: readonly LoginProvider[];
}

export interface LoginProvider {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: string;
}

interface Row {
  readonly tenant_id: string;
  readonly name: string;
  readonly slug: string;
  readonly identity_provider_id: string | null;
  readonly provider_name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly scopes: string;
}

/** See `loginLookup` in doors.ts. */
export async function lookUpLogin(
  cell: number,
  by: { readonly slug: string } | { readonly domain: string },
): Promise<readonly LoginTenant[]> {
  const bySlug = "slug" in by;
  const { rows } = await cellByCode(cell).app.run<Row>(
    { ...NOBODY, readOnly: true },
    {
      name: bySlug ? "login_lookup_by_slug" : "login_lookup_by_domain",
      text: bySlug
        ? "select * from login_lookup_by_slug($1)"
        : "select * from login_lookup_by_domain($1)",
      values: [bySlug ? by.slug : by.domain],
    },
  );
  const tenants = Map.groupBy(rows, (row) => row.tenant_id);
  return [...tenants.values()].map(tenantOf);
}

/** The function answers with one row for each provider; at least one. */
function tenantOf(rows: readonly Row[]): LoginTenant {
  const [first] = rows;
  if (first === undefined) throw new TypeError("no rows");
  return {
    tenantId: first.tenant_id,
    name: first.name,
    slug: first.slug,
    providers: rows.flatMap((row) =>
      row.identity_provider_id === null
        ? []
        : [
            {
              id: row.identity_provider_id,
              name: row.provider_name,
              issuer: row.issuer,
              clientId: row.client_id,
              scopes: row.scopes,
            },
          ],
    ),
  };
}
