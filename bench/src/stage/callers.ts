import { randomBytes } from "node:crypto";
import { formatApiKey, formatSessionCookie } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { SESSION_COOKIE } from "@aic-sos/auth/session-cookie";
import { makeId } from "@aic-sos/contract/ids";
import type { Role } from "@aic-sos/contract/roles";
import { openCells } from "@aic-sos/db/cells";
import { dataKeyStore } from "@aic-sos/db/data-keys";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import { openKeyfile } from "@aic-sos/keyring/keyfile";
import { createKeyring, type Keyring } from "@aic-sos/keyring/keyring";
import { makePerson, type TestPerson } from "@aic-sos/testkit/make-person";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import pg from "pg";
import { CELL, type Stage } from "./stage.ts";

/** A service with an API key, its text as the service itself holds it. */
export interface KeyHolder {
  readonly person: TestPerson;
  readonly authorization: string;
  readonly bindingId: string;
  readonly keyId: string;
}

/** A person who is logged in with two browsers. */
export interface SessionHolder {
  readonly person: TestPerson;
  readonly sessions: readonly { readonly id: string; readonly cookie: string }[];
}

/** Makes services that call with a key, and people with sessions. */
export interface Callers {
  /** Without a role it may nothing yet. */
  make(tenant: TestTenant, role?: Role, workspace?: TestWorkspace): Promise<KeyHolder>;
  logIn(tenant: TestTenant, role?: Role, workspace?: TestWorkspace): Promise<SessionHolder>;
  /** As if the person's identity provider had named the group at the last login. */
  join(person: TestPerson, group: string): Promise<void>;
  /** Calls with certificates from now on, by this name. */
  nameService(service: TestPerson, name: string): Promise<void>;
}

export function freshId(): string {
  return makeId(CELL.code, Date.now(), randomBytes(8));
}

/** Runs `work` on a superuser's connection, past row-level security. */
export async function asSuperuser<T>(
  stage: Stage,
  work: (db: pg.Client) => Promise<T>,
): Promise<T> {
  const db = new pg.Client({ connectionString: stage.superuserUrl });
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

/** Lends a maker of callers; the cell is open in this process only that long. */
export async function withCallers<T>(
  stage: Stage,
  db: pg.Client,
  work: (callers: Callers) => Promise<T>,
): Promise<T> {
  const cells = await openCells([{ ...CELL, urls: stage.urls }]);
  try {
    const keyEncryption = await openKeyfile(stage.keyfile);
    const keyring = createKeyring({ keyEncryption, store: dataKeyStore, makeId: freshId });
    return await work({
      make: (tenant, role, workspace) => makeHolder({ db, keyring, tenant, role, workspace }),
      logIn: (tenant, role, workspace) => logIn({ db, keyring, tenant, role, workspace }),
      join: async ({ tenantId, id }, group) => {
        await db.query(
          `insert into identities (tenant_id, id, user_id, issuer, subject, groups, groups_seen_at)
            values ($1, $2, $3, 'https://id.example.test', $3::uuid::text, $4, now())`,
          [tenantId, freshId(), id, [group]],
        );
      },
      nameService: async ({ tenantId, id }, name) => {
        await db.query("update users set service_name = $3 where tenant_id = $1 and id = $2", [
          tenantId,
          id,
          name,
        ]);
      },
    });
  } finally {
    await cells.close();
  }
}

interface Making {
  readonly db: pg.Client;
  readonly keyring: Keyring;
  readonly tenant: TestTenant;
  readonly role: Role | undefined;
  readonly workspace: TestWorkspace | undefined;
}

async function makeHolder({ db, keyring, tenant, role, workspace }: Making): Promise<KeyHolder> {
  const person = await makePerson(db, tenant, {
    kind: "service",
    ...(role ? { role } : {}),
    ...(workspace ? { workspace } : {}),
  });
  const secret = newSecret();
  const id = freshId();
  await db.query(
    `insert into api_keys (tenant_id, id, user_id, workspace_id, name, prefix, secret_hash)
      values ($1, $2, $3, null, 'Bench', 'aic', $4)`,
    [tenant.id, id, person.id, await keyedHash(keyring, tenant.id, "api_key", secret)],
  );
  return {
    person,
    authorization: `Bearer ${formatApiKey({ tenantId: tenant.id, id, secret })}`,
    bindingId: person.principal.bindings[0]?.id ?? "",
    keyId: id,
  };
}

async function logIn({ db, keyring, tenant, role, workspace }: Making): Promise<SessionHolder> {
  const person = await makePerson(db, tenant, {
    ...(role ? { role } : {}),
    ...(workspace ? { workspace } : {}),
  });
  const sessions: { id: string; cookie: string }[] = [];
  while (sessions.length < 2) {
    const secret = newSecret();
    const id = freshId();
    await db.query(
      `insert into sessions (tenant_id, id, user_id, secret_hash, last_seen_at, idle_expires_at, absolute_expires_at)
        values ($1, $2, $3, $4, now(), now() + interval '12 hours', now() + interval '1 day')`,
      [tenant.id, id, person.id, await keyedHash(keyring, tenant.id, "session", secret)],
    );
    const value = formatSessionCookie({ tenantId: tenant.id, id, secret });
    sessions.push({ id, cookie: `${SESSION_COOKIE}=${value}` });
  }
  return { person, sessions };
}
