import { newId } from "./ids.ts";
import type { Place, World } from "./world.test-support.ts";

/** A session of the place's person, for an hour. Returns its id. */
export async function makeSession({ superuser }: World, of: Place): Promise<string> {
  const id = newId(of.tenant.cell);
  await superuser.query(
    `insert into sessions (tenant_id, id, user_id, secret_hash, last_seen_at, idle_expires_at, absolute_expires_at)
     values ($1, $2, $3, '\\x01', now(), now() + interval '1 hour', now() + interval '1 day')`,
    [of.tenant.id, id, of.person.id],
  );
  return id;
}

/** A key of the place's person. Returns its id. */
export async function makeKey(
  { superuser }: World,
  of: Place,
  expiresAt: string | null = null,
): Promise<string> {
  const id = newId(of.tenant.cell);
  await superuser.query(
    `insert into api_keys (tenant_id, id, user_id, workspace_id, name, prefix, secret_hash, expires_at)
     values ($1, $2, $3, $4, 'key', 'aic_', '\\x02', $5)`,
    [of.tenant.id, id, of.person.id, of.workspace.id, expiresAt],
  );
  return id;
}

/** A CA of the tenant, of no use to verify by. Returns its id. */
export async function makeAuthority({ superuser }: World, of: Place): Promise<string> {
  const id = newId(of.tenant.cell);
  await superuser.query(
    `insert into client_authorities (tenant_id, id, name, certificate_pem, fingerprint, subject, not_after, created_by)
     values ($1, $2, 'CA', '-----BEGIN CERTIFICATE-----', $3, 'CN=CA', now() + interval '1 day', $4)`,
    [of.tenant.id, id, id.replaceAll("-", "").padStart(64, "0"), of.person.id],
  );
  return id;
}
