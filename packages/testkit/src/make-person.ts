import type { PrincipalKind } from "@aic-sos/contract/principals";
import type { Role } from "@aic-sos/contract/roles";
import type { Binding, Principal } from "@aic-sos/policy/principal";
import type { Client } from "pg";
import { freshId } from "./make-id.ts";
import type { TestTenant } from "./make-tenant.ts";
import type { TestWorkspace } from "./make-workspace.ts";

/** A user, and the principal that it is when it calls. */
export interface TestPerson {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly principal: Principal;
}

export interface PersonFields {
  readonly kind?: PrincipalKind;
  readonly displayName?: string;
  readonly email?: string;
  /** Bound in `workspace`, or tenant-wide when there is none. */
  readonly role?: Role;
  readonly workspace?: TestWorkspace;
}

const AUTHENTICATION = { user: "session", service: "api_key", platform: "platform_key" } as const;

/** Inserts a user, with a role when one is named, past row-level security. */
export async function makePerson(
  db: Client,
  tenant: TestTenant,
  fields: PersonFields = {},
): Promise<TestPerson> {
  const id = freshId(tenant.cell);
  const { kind = "user", displayName = `Person ${id.slice(-6)}` } = fields;
  const email = fields.email ?? (kind === "user" ? `person-${id.slice(-12)}@example.test` : null);
  await db.query(
    "INSERT INTO users (tenant_id, id, kind, display_name, email) VALUES ($1, $2, $3, $4, $5)",
    [tenant.id, id, kind, displayName, email],
  );
  const bindings: Binding[] = [];
  if (fields.role !== undefined) {
    const workspaceId = fields.workspace?.id ?? null;
    bindings.push(await bind(db, tenant, id, { role: fields.role, workspaceId }));
  }
  const { rows } = await db.query<{ epoch: string }>(
    "SELECT epoch FROM users WHERE tenant_id = $1 AND id = $2",
    [tenant.id, id],
  );
  const principal: Principal = {
    id,
    kind,
    tenantId: tenant.id,
    region: tenant.region,
    cell: tenant.cell,
    authentication: AUTHENTICATION[kind],
    disabled: false,
    epoch: Number(rows[0]?.epoch),
    bindings,
    credentialWorkspaceId: null,
    credentialPermissions: null,
    credentialExpiresAt: null,
  };
  return { id, tenantId: tenant.id, displayName, email, principal };
}

async function bind(
  db: Client,
  tenant: TestTenant,
  userId: string,
  binding: { role: Role; workspaceId: string | null },
): Promise<Binding> {
  const id = freshId(tenant.cell);
  await db.query(
    `INSERT INTO role_bindings (tenant_id, id, workspace_id, user_id, role) VALUES ($1, $2, $3, $4, $5)`,
    [tenant.id, id, binding.workspaceId, userId, binding.role],
  );
  return { id, role: binding.role, workspaceId: binding.workspaceId, expiresAt: null };
}
