import { randomBytes } from "node:crypto";
import { formatApiKey, formatSessionCookie } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { SESSION_COOKIE } from "@aic-sos/auth/session-cookie";
import { makeId } from "@aic-sos/contract/ids";
import type { Role } from "@aic-sos/contract/roles";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { TestCell } from "@aic-sos/testkit/fresh-cells";
import { makePerson, type TestPerson } from "@aic-sos/testkit/make-person";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace, type TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Harness } from "./harness.ts";
import { type Caller, httpCaller } from "./http-caller.ts";

/** A person (or service) who is logged in. */
export interface Actor extends Caller {
  readonly person: TestPerson;
  /** Of the session or the key. */
  readonly credentialId: string;
}

export interface ActorFields {
  readonly role?: Role;
  /** Tenant-wide without one. */
  readonly workspace?: TestWorkspace;
  /** Calls with an API key instead of a session. */
  readonly service?: boolean;
  /** Binds the API key itself. */
  readonly keyWorkspace?: TestWorkspace;
}

/** Makes somebody with a role, and the headers that prove it: a session's row as login writes it, or a key's. */
export async function makeActor(
  harness: Harness,
  tenant: TestTenant,
  fields: ActorFields = {},
): Promise<Actor> {
  const { role, workspace, service = false } = fields;
  const db = await harness.cells.superuser(cellOfTenant(harness, tenant));
  const person = await makePerson(db, tenant, {
    kind: service ? "service" : "user",
    ...(role === undefined ? {} : { role }),
    ...(workspace === undefined ? {} : { workspace }),
  });
  const { id, headers } = service
    ? await makeKey(harness, tenant, person, fields.keyWorkspace)
    : await makeSession(harness, tenant, person);
  return { ...httpCaller(harness.url, headers), person, credentialId: id };
}

/** A new session of a person. */
export async function makeSession(harness: Harness, tenant: TestTenant, person: TestPerson) {
  const db = await harness.cells.superuser(cellOfTenant(harness, tenant));
  const id = makeId(tenant.cell, Date.now(), randomBytes(8));
  const secret = newSecret();
  await db.query(
    `insert into sessions (tenant_id, id, user_id, secret_hash, last_seen_at, idle_expires_at, absolute_expires_at)
      values ($1, $2, $3, $4, now(), now() + interval '1 hour', now() + interval '1 day')`,
    [
      tenant.id,
      id,
      person.id,
      await keyedHash(harness.keyringOf(tenant.cell), tenant.id, "session", secret),
    ],
  );
  const cookie = `${SESSION_COOKIE}=${formatSessionCookie({ tenantId: tenant.id, id, secret })}`;
  return { id, headers: { cookie, origin: harness.url } };
}

async function makeKey(
  harness: Harness,
  tenant: TestTenant,
  person: TestPerson,
  workspace?: TestWorkspace,
) {
  const db = await harness.cells.superuser(cellOfTenant(harness, tenant));
  const id = makeId(tenant.cell, Date.now(), randomBytes(8));
  const secret = newSecret();
  await db.query(
    `insert into api_keys (tenant_id, id, workspace_id, user_id, name, prefix, secret_hash)
      values ($1, $2, $3, $4, 'Test', 'aic', $5)`,
    [
      tenant.id,
      id,
      workspace?.id ?? null,
      person.id,
      await keyedHash(harness.keyringOf(tenant.cell), tenant.id, "api_key", secret),
    ],
  );
  return {
    id,
    headers: { authorization: `Bearer ${formatApiKey({ tenantId: tenant.id, id, secret })}` },
  };
}

function cellOfTenant(harness: Harness, tenant: TestTenant): TestCell {
  return tenant.cell === harness.us.code ? harness.us : harness.eu;
}

/** A tenant with a workspace. */
export async function makeHome(
  harness: Harness,
  cell: TestCell,
): Promise<{ tenant: TestTenant; workspace: TestWorkspace }> {
  const db = await harness.cells.superuser(cell);
  const tenant = await makeTenant(db, cell);
  return { tenant, workspace: await makeWorkspace(db, tenant) };
}

/** A small valid definition: one metadata input, one of content, one step. */
export function yaml(name: string): string {
  return [
    "apiVersion: aic-sos/v1",
    "kind: Workflow",
    `metadata: { name: ${name}, description: Waits a little }`,
    "spec:",
    "  riskTier: low",
    "  inputs:",
    "    ticket: { type: string, class: metadata, maxLength: 16, pattern: '^INC[0-9]{3,7}$' }",
    "    complaint: { type: string, maxLength: 4000 }",
    "  steps:",
    "    - { id: pause, use: wait, with: { duration: 5m } }",
    "",
  ].join("\n");
}
