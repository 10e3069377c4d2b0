import { cellOf } from "@aic-sos/contract/ids";
import { cellByCode } from "./cells.ts";
import { type FoundPrincipal, PRINCIPAL, type PrincipalRow, toFound } from "./credential-lookup.ts";
import { tenantScope } from "./scope.ts";

/** A family of refresh tokens, and whose it is. It has no secret of its own: the proof is the access token's signature. */
export interface FoundFamily extends FoundPrincipal {
  readonly kind: "refresh_family";
}

const LOOKUP = `select f.bound_workspace_id as credential_workspace_id, null::text[] as permissions,
    f.revoked_at is not null as revoked, f.absolute_expires_at as ends, f.last_used_at as last_used, ${PRINCIPAL}
  from refresh_token_families as f
  join users as u on u.tenant_id = f.tenant_id and u.id = f.user_id
  join tenants as t on t.tenant_id = f.tenant_id
  where f.tenant_id = $1 and f.id = $2`;

/** See `credentialLookup` in doors.ts. */
export async function lookUpFamily(tenantId: string, id: string): Promise<FoundFamily | undefined> {
  const cell = cellOf(tenantId);
  const { rows } = await cellByCode(cell).app.run<PrincipalRow>(tenantScope(tenantId, true), {
    name: "credential_lookup_refresh_family",
    text: LOOKUP,
    values: [tenantId, id],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  const found = toFound(row, { tenantId, cell, authentication: "access_token" });
  return { ...found, kind: "refresh_family", id };
}
