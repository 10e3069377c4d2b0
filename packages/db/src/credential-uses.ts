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

/** Locks in the order of their ids: two servers that note the same uses wait for each other, and never in a circle. */
const locked = (
  table: string,
) => `with used as (select * from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)),
  locked as materialized (select id from ${table} where tenant_id = $1 and id in (select id from used)
    order by id for no key update)`;

/** One statement for all of a tenant's. Nothing of it changes a right, so no epoch rises. */
const WRITES: Readonly<Record<Exclude<UsedKind, "service">, string>> = {
  // By the time of its use: a session that was used in time lives on, however late that is written.
  session: `${locked("sessions")}
    update sessions as s set last_seen_at = greatest(s.last_seen_at, used.at),
        idle_expires_at = greatest(s.idle_expires_at, used.at + $4::int * interval '1 second')
      from locked join used using (id)
      where s.tenant_id = $1 and s.id = locked.id and s.revoked_at is null and s.idle_expires_at > used.at
      returning s.user_id as id, used.at`,
  api_key: `${locked("api_keys")}
    update api_keys as k set last_used_at = greatest(k.last_used_at, used.at)
      from locked join used using (id) where k.tenant_id = $1 and k.id = locked.id and $4::int is not null
      returning k.user_id as id, used.at`,
  refresh_family: `${locked("refresh_token_families")}
    update refresh_token_families as f set last_used_at = greatest(f.last_used_at, used.at)
      from locked join used using (id) where f.tenant_id = $1 and f.id = locked.id and $4::int is not null
      returning f.user_id as id, used.at`,
  client_authority: `${locked("client_authorities")}
    update client_authorities as a set last_used_at = greatest(a.last_used_at, used.at)
      from locked join used using (id) where a.tenant_id = $1 and a.id = locked.id and $4::int is not null`,
};

const SEEN = `${locked("users")}
  update users as u set last_seen_at = greatest(u.last_seen_at, used.at)
    from locked join used using (id) where u.tenant_id = $1 and u.id = locked.id and $4::int is not null`;

const KINDS = Object.keys(WRITES) as (keyof typeof WRITES)[];

/** When something was used, in Unix milliseconds. */
type Use = Pick<CredentialUse, "id" | "at">;

/**
 * See `noteUses` in doors.ts. Who was seen is a transaction of its own: whoever changes a credential locks its user
 * first, and one that holds a credential while it waits for the user would be in the other's way.
 */
export async function writeUses(
  tenantId: string,
  uses: readonly CredentialUse[],
  idleSeconds: number,
): Promise<void> {
  const { app } = cellByCode(cellOf(tenantId));
  const note = async (kind: string, text: string, some: readonly Use[]) => {
    if (some.length === 0) return [];
    const values = [
      tenantId,
      some.map((use) => use.id),
      some.map((use) => new Date(use.at).toISOString()),
      idleSeconds,
    ];
    const name = `credential_uses_${kind}`;
    const { rows } = await app.run<{ id: string; at: Date }>(tenantScope(tenantId, false), {
      name,
      text,
      values,
    });
    return rows;
  };
  const seen = new Map<string, number>();
  const see = (id: string, at: number) => seen.set(id, Math.max(at, seen.get(id) ?? 0));
  for (const kind of KINDS) {
    const some = uses.filter((use) => use.kind === kind);
    for (const { id, at } of await note(kind, WRITES[kind], some)) see(id, at.getTime());
  }
  for (const use of uses) if (use.kind === "service") see(use.id, use.at);
  const users = [...seen].map(([id, at]) => ({ id, at }));
  await note("user", SEEN, users);
}
