import { cellOf } from "@aic-sos/contract/ids";
import type { Permission } from "@aic-sos/contract/permissions";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";
import type { Role } from "@aic-sos/contract/roles";
import type { Principal } from "@aic-sos/policy/principal";
import { cellByCode } from "./cells.ts";
import { tenantScope } from "./scope.ts";

/** `refresh_family`: what access tokens belong to; it has no secret of its own, since the token's signature is the proof. */
export type CredentialKind = "session" | "api_key" | "refresh_family";

/** A credential as it is kept, and whose it is. Nothing of it is proved until the secret is compared. */
export interface FoundCredential {
  readonly kind: CredentialKind;
  readonly id: string;
  /** Null where there is none to compare. */
  readonly secretHash: Buffer | null;
  readonly principal: Principal;
  readonly displayName: string;
  readonly email: string | null;
  readonly tenantName: string;
  readonly tenantSlug: string;
  /** When it was used last, in Unix milliseconds: `noteUses` when that is long ago. */
  readonly lastUsedAt: number | null;
}

interface Row {
  readonly secret_hash: Buffer | null;
  readonly credential_workspace_id: string | null;
  readonly permissions: readonly Permission[] | null;
  readonly revoked: boolean;
  readonly ends: Date | null;
  readonly last_used: Date | null;
  readonly user_id: string;
  readonly kind: PrincipalKind;
  readonly epoch: string;
  readonly disabled: boolean;
  readonly display_name: string;
  readonly email: string | null;
  readonly tenant_name: string;
  readonly slug: string;
  readonly region: string;
  readonly bindings: readonly {
    readonly id: string;
    readonly role: Role;
    readonly workspaceId: string | null;
    readonly expiresAt: number | null;
  }[];
}

/** The principal and its bindings in the same snapshot as their epoch. */
const REST = `u.id as user_id, u.kind, u.epoch, u.state <> 'active' or t.state <> 'active' as disabled,
    u.display_name, u.email, t.name as tenant_name, t.slug, t.region,
    (select coalesce(json_agg(json_build_object('id', b.id, 'role', b.role, 'workspaceId', b.workspace_id,
        'expiresAt', floor(extract(epoch from b.expires_at) * 1000))), '[]')
      from role_bindings as b where b.tenant_id = u.tenant_id and b.user_id = u.id) as bindings`;

const LOOKUPS: Readonly<Record<CredentialKind, string>> = {
  session: `select s.secret_hash, null::uuid as credential_workspace_id, null::text[] as permissions, s.revoked_at is not null as revoked,
      least(s.idle_expires_at, s.absolute_expires_at) as ends, s.last_seen_at as last_used, ${REST}
    from sessions as s
    join users as u on u.tenant_id = s.tenant_id and u.id = s.user_id
    join tenants as t on t.tenant_id = s.tenant_id
    where s.tenant_id = $1 and s.id = $2`,
  api_key: `select k.secret_hash, k.workspace_id as credential_workspace_id, k.permissions,
      k.revoked_at is not null as revoked, k.expires_at as ends, k.last_used_at as last_used, ${REST}
    from api_keys as k
    join users as u on u.tenant_id = k.tenant_id and u.id = k.user_id
    join tenants as t on t.tenant_id = k.tenant_id
    where k.tenant_id = $1 and k.id = $2`,
  refresh_family: `select null::bytea as secret_hash, f.bound_workspace_id as credential_workspace_id, null::text[] as permissions,
      f.revoked_at is not null as revoked, f.absolute_expires_at as ends, f.last_used_at as last_used, ${REST}
    from refresh_token_families as f
    join users as u on u.tenant_id = f.tenant_id and u.id = f.user_id
    join tenants as t on t.tenant_id = f.tenant_id
    where f.tenant_id = $1 and f.id = $2`,
};

/** See `credentialLookup` in doors.ts. */
export async function lookUpCredential(
  tenantId: string,
  kind: CredentialKind,
  id: string,
): Promise<FoundCredential | undefined> {
  const cell = cellOf(tenantId);
  const { rows } = await cellByCode(cell).app.run<Row>(tenantScope(tenantId, true), {
    name: `credential_lookup_${kind}`,
    text: LOOKUPS[kind],
    values: [tenantId, id],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    kind,
    id,
    secretHash: row.secret_hash,
    principal: principalOf(row, tenantId, cell, kind),
    displayName: row.display_name,
    email: row.email,
    tenantName: row.tenant_name,
    tenantSlug: row.slug,
    lastUsedAt: row.last_used?.getTime() ?? null,
  };
}

function principalOf(row: Row, tenantId: string, cell: number, kind: CredentialKind): Principal {
  return {
    id: row.user_id,
    kind: row.kind,
    tenantId,
    region: row.region,
    cell,
    authentication: authenticationOf(kind, row.kind),
    disabled: row.disabled,
    epoch: Number(row.epoch),
    bindings: row.bindings,
    credentialWorkspaceId: row.credential_workspace_id,
    credentialPermissions: row.permissions,
    // A revoked credential ended at the beginning of time.
    credentialExpiresAt: row.revoked ? 0 : (row.ends?.getTime() ?? null),
  };
}

function authenticationOf(kind: CredentialKind, principal: PrincipalKind): AuthenticationMethod {
  if (kind === "session") return "session";
  if (kind === "refresh_family") return "access_token";
  return principal === "platform" ? "platform_key" : "api_key";
}
