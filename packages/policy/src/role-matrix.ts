import { PERMISSIONS, type Permission, permissions } from "@aic-sos/contract/permissions";
import { ROLES, type Role } from "@aic-sos/contract/roles";
import { PLATFORM_PERMISSIONS, ROLE_TABLE_VERSION, roleAllows } from "./role-table.ts";

const COLUMNS = [...ROLES, "Platform"] as const;

/**
 * The table of rights as a grid, one permission a line, for `role-matrix.txt`. It is committed, so that a change of
 * rights shows as a changed grid.
 */
export function printRoleMatrix(): string {
  const rows = permissions.map((permission) => [
    permission,
    PERMISSIONS[permission].scope,
    PERMISSIONS[permission].effect,
    ...COLUMNS.map((column) => (allows(column, permission) ? "x" : ".")),
  ]);
  const table = [["permission", "scope", "effect", ...COLUMNS], ...rows];
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths?.[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    `Who may do what (x), version ${ROLE_TABLE_VERSION} of the role table. What has no x is denied.`,
    "Printed from packages/policy/src/role-table.ts by `pnpm generate:files`.",
    "",
    ...lines,
    "",
  ].join("\n");
}

function allows(column: Role | "Platform", permission: Permission): boolean {
  if (PERMISSIONS[permission].scope === "self") return true;
  if (column === "Platform") return PLATFORM_PERMISSIONS.includes(permission);
  return roleAllows(column, permission);
}
