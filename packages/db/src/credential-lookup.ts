import { cellOf } from "@aic-sos/contract/ids";
import type { Permission } from "@aic-sos/contract/permissions";
import type { AuthenticationMethod, PrincipalKind } from "@aic-sos/contract/principals";
import type { Role } from "@aic-sos/contract/roles";
import type { Principal } from "@aic-sos/policy/principal";
import { cellByCode } from "./cells.ts";
import { tenantScope } from "./scope.ts";

export type CredentialKind = "session" | "api_key";

/** A credential as it is kept, and whose it is. Nothing of it is proved until the secret is compared. */
export interface FoundCredential extends FoundPrincipal {
  readonly kind: CredentialKind;
  readonly secretHash: Buffer;
}

/** Whose a credential is. */
export interface FoundPrincipal {
  readonly id: string;
  readonly principal: Principal;
  readonly displayName: string;
  readonly email: string | null;
  readonly tenantName: string;
  readonly tenantSlug: string;
  /** When it was used last, in Unix milliseconds: `noteUses` when that is long ago. */
  readonly lastUsedAt: number | null;
}

/** What a look-up reads of a principal, by `PRINCIPAL`, and of what limits it. */
export interface PrincipalRow {
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

interface Row extends PrincipalRow {
  readonly secret_hash: Buffer;
}

/** The principal and its bindings in the same snapshot as their epoch. */
export const PRINCIPAL = `u.id as user_id, u.kind, u.epoch, u.state <> 'active' or t.state <> 'active' as disabled,
    u.display_name, u.email, t.name as tenant_name, t.slug, t.region,
    (select coalesce(json_agg(json_build_object('id', b.id, 'role', b.role, 'workspaceId', b.workspace_id,
        'expiresAt', floor(extract(epoch from b.expires_at) * 1000))), '[]')
      from role_bindings as b where b.tenant_id = u.tenant_id and b.user_id = u.id) as bindings`;

const LOOKUPS: Readonly<Record<CredentialKind, string>> = {
  session: `select s.secret_hash, null::uuid as credential_workspace_id, null::text[] as permissions, s.revoked_at is not null as revoked,
      least(s.idle_expires_at, s.absolute_expires_at) as ends, s.last_seen_at as last_used, ${PRINCIPAL}
    from sessions as s
    join users as u on u.tenant_id = s.tenant_id and u.id = s.user_id
    join tenants as t on t.tenant_id = s.tenant_id
    where s.tenant_id = $1 and s.id = $2`,
  api_key: `select k.secret_hash, k.workspace_id as credential_workspace_id, k.permissions,
      k.revoked_at is not null as revoked, k.expires_at as ends, k.last_used_at as last_used, ${PRINCIPAL}
    from api_keys as k
    join users as u on u.tenant_id = k.tenant_id and u.id = k.user_id
    join tenants as t on t.tenant_id = k.tenant_id
    where k.tenant_id = $1 and k.id = $2`,
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
  const authentication = methodOf(kind, row);
  const found = toFound(row, { tenantId, cell, authentication });
  return { ...found, kind, id, secretHash: row.secret_hash };
}

function methodOf(kind: CredentialKind, row: Row): AuthenticationMethod {
  if (kind === "session") return row.kind === "platform" ? "platform_login" : "session";
  return row.kind === "platform" ? "platform_key" : "api_key";
}

/** The row as a principal that proved who it is by `authentication`, once it has. */
export function toFound(
  row: PrincipalRow,
  facts: Pick<Principal, "tenantId" | "cell" | "authentication">,
): Omit<FoundPrincipal, "id"> {
  return {
    principal: {
      ...facts,
      id: row.user_id,
      kind: row.kind,
      region: row.region,
      disabled: row.disabled,
      epoch: Number(row.epoch),
      bindings: row.bindings,
      credentialWorkspaceId: row.credential_workspace_id,
      credentialPermissions: row.permissions,
      // A revoked credential ended at the beginning of time.
      credentialExpiresAt: row.revoked ? 0 : (row.ends?.getTime() ?? null),
    },
    displayName: row.display_name,
    email: row.email,
    tenantName: row.tenant_name,
    tenantSlug: row.slug,
    lastUsedAt: row.last_used?.getTime() ?? null,
  };
}
