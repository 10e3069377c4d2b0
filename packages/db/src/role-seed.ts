import { PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { ROLE_MEANS, ROLES } from "@aic-sos/contract/roles";
import { ROLE_TABLE, ROLE_TABLE_VERSION } from "@aic-sos/policy/role-table";
import type { ClientBase } from "pg";

/**
 * Fills roles, permissions and role_permissions from the table in `policy`, inside the caller's transaction. Only a newer version
 * of the table writes: in a rolling upgrade an older replica that starts late must not take the newer rows away.
 */
export async function seedRoles(
  client: ClientBase,
  version: number = ROLE_TABLE_VERSION,
): Promise<void> {
  const { rowCount } = await client.query(
    "UPDATE cell_marker SET role_table_version = $1 WHERE role_table_version < $1",
    [version],
  );
  if (rowCount === 0) return;
  await client.query("DELETE FROM role_permissions");
  await client.query("DELETE FROM roles");
  await client.query("DELETE FROM permissions");
  await client.query(
    "INSERT INTO roles (name, means) SELECT * FROM unnest($1::text[], $2::text[])",
    [ROLES, ROLES.map((role) => ROLE_MEANS[role])],
  );
  const rules = permissions.map((name) => PERMISSIONS[name]);
  await client.query(
    `INSERT INTO permissions (name, scope, effect, means)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])`,
    [
      permissions,
      rules.map((rule) => rule.scope),
      rules.map((rule) => rule.effect),
      rules.map((rule) => rule.means),
    ],
  );
  const pairs = ROLES.flatMap((role) => ROLE_TABLE[role].map((permission) => [role, permission]));
  await client.query(
    "INSERT INTO role_permissions (role, permission) SELECT * FROM unnest($1::text[], $2::text[])",
    [pairs.map(([role]) => role), pairs.map(([, permission]) => permission)],
  );
}
