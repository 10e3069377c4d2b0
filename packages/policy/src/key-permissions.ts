import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import { roleAllows } from "./role-table.ts";

/** What gives somebody rights in a workspace. A limited key with one of these could give itself all the others. */
const GIVES_RIGHTS: ReadonlySet<Permission> = new Set<Permission>([
  "member:invite",
  "role:grant",
  "service:create",
  "service:enable",
  "api_key:create",
  "api_key:rotate",
]);

/**
 * True for what a key's own list of permissions may name: something that a service's roles can allow, and that gives
 * nobody rights. What is written for the whole tenant says who comes in, so no list names it. A key without a list does
 * whatever its service's roles allow.
 */
export function fitsLimitedKey(permission: Permission): boolean {
  const { scope, effect } = PERMISSIONS[permission];
  if (scope === "self" || scope === "platform") return false;
  if (scope === "tenant" && effect === "write") return false;
  if (permission === "approval:decide" || GIVES_RIGHTS.has(permission)) return false;
  return ROLES.some((role) => roleAllows(role, permission));
}
