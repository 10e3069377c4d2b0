import { cellOf } from "@aic-sos/contract/ids";
import { cellByCode } from "./cells.ts";
import type { CredentialKind } from "./credential-lookup.ts";
import { tenantScope } from "./scope.ts";

/** Whose use is noted: a credential's, an app's, a service's that showed a certificate, and that of the CA which issued it. */
export type UsedKind = CredentialKind | "refresh_family" | "service" | "client_authority";

/** One use of a credential; `at` in Unix milliseconds. */
export interface CredentialUse {
  readonly kind: UsedKind;
  readonly id: string;
  readonly at: number;
}

/** One statement for all of a tenant's. Nothing of it changes a right, so no epoch rises. */
const WRITES: Readonly<Record<UsedKind, string>> = {
  // By the time of its use: a session that was used in time lives on, however late that is written.
  session: `with used as (select * from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)),
    touched as (update sessions as s set last_seen_at = greatest(s.last_seen_at, used.at),
        idle_expires_at = greatest(s.idle_expires_at, used.at + $4::int * interval '1 second')
      from used where s.tenant_id = $1 and s.id = used.id and s.revoked_at is null and s.idle_expires_at > used.at
      returning s.user_id, used.at),
    seen as (select user_id, max(at) as at from touched group by user_id)
    update users as u set last_seen_at = greatest(u.last_seen_at, seen.at)
      from seen where u.tenant_id = $1 and u.id = seen.user_id`,
  api_key: `with used as (select * from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)),
    touched as (update api_keys as k set last_used_at = greatest(k.last_used_at, used.at)
      from used where k.tenant_id = $1 and k.id = used.id and $4::int is not null
      returning k.user_id, used.at),
    seen as (select user_id, max(at) as at from touched group by user_id)
    update users as u set last_seen_at = greatest(u.last_seen_at, seen.at)
      from seen where u.tenant_id = $1 and u.id = seen.user_id`,
  refresh_family: `with used as (select * from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)),
    touched as (update refresh_token_families as f set last_used_at = greatest(f.last_used_at, used.at)
      from used where f.tenant_id = $1 and f.id = used.id and $4::int is not null
      returning f.user_id, used.at),
    seen as (select user_id, max(at) as at from touched group by user_id)
    update users as u set last_seen_at = greatest(u.last_seen_at, seen.at)
      from seen where u.tenant_id = $1 and u.id = seen.user_id`,
  service: `update users as u set last_seen_at = greatest(u.last_seen_at, used.at)
      from unnest($2::uuid[], $3::timestamptz[]) as used (id, at)
      where u.tenant_id = $1 and u.id = used.id and $4::int is not null`,
  client_authority: `update client_authorities as a set last_used_at = greatest(a.last_used_at, used.at)
      from unnest($2::uuid[], $3::timestamptz[]) as used (id, at)
      where a.tenant_id = $1 and a.id = used.id and $4::int is not null`,
};

const KINDS = Object.keys(WRITES) as UsedKind[];

/** See `noteUses` in doors.ts. */
export async function writeUses(
  tenantId: string,
  uses: readonly CredentialUse[],
  idleSeconds: number,
): Promise<void> {
  const { app } = cellByCode(cellOf(tenantId));
  for (const kind of KINDS) {
    const some = uses.filter((use) => use.kind === kind);
    if (some.length === 0) continue;
    await app.run(tenantScope(tenantId, false), {
      name: `credential_uses_${kind}`,
      text: WRITES[kind],
      values: [
        tenantId,
        some.map((use) => use.id),
        some.map((use) => new Date(use.at).toISOString()),
        idleSeconds,
      ],
    });
  }
}
