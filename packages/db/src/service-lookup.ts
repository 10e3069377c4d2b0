import { cellOf } from "@aic-sos/contract/ids";
import { cellByCode } from "./cells.ts";
import { type FoundPrincipal, PRINCIPAL, type PrincipalRow, toFound } from "./credential-lookup.ts";
import { tenantScope } from "./scope.ts";

/** A service by its name, and the CAs of its tenant. Nothing is proved until a certificate under one of them is verified. */
export interface FoundService extends FoundPrincipal {
  readonly kind: "service";
  readonly authorities: readonly { readonly id: string; readonly pem: string }[];
}

/** The CAs in the same snapshot as the epoch that their removal raises. */
const LOOKUP = `select null::uuid as credential_workspace_id, null::text[] as permissions, false as revoked,
    null::timestamptz as ends, u.last_seen_at as last_used,
    (select coalesce(json_agg(json_build_object('id', a.id, 'pem', a.certificate_pem)), '[]')
      from client_authorities as a where a.tenant_id = u.tenant_id) as authorities, ${PRINCIPAL}
  from users as u
  join tenants as t on t.tenant_id = u.tenant_id
  where u.tenant_id = $1 and u.kind = 'service' and u.service_name = $2`;

/** See `credentialLookup` in doors.ts. */
export async function lookUpService(
  tenantId: string,
  serviceName: string,
): Promise<FoundService | undefined> {
  const cell = cellOf(tenantId);
  const { rows } = await cellByCode(cell).app.run<PrincipalRow & Pick<FoundService, "authorities">>(
    tenantScope(tenantId, true),
    {
      name: "credential_lookup_service",
      text: LOOKUP,
      values: [tenantId, serviceName],
    },
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const found = toFound(row, { tenantId, cell, authentication: "client_certificate" });
  return { ...found, kind: "service", id: row.user_id, authorities: row.authorities };
}
