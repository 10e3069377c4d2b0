import { type Permission, PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { type Role, ROLES } from "@aic-sos/contract/roles";
import { PLATFORM_PERMISSIONS, ROLE_TABLE } from "@aic-sos/policy/role-table";

/** What a key that is limited to other permissions may do all the same. */
const ALWAYS_OF_A_KEY: readonly Permission[] = ["self:read", "authz:explain"];

const scopeOf = (permission: Permission) => PERMISSIONS[permission].scope;

/**
 * The rules of `decide()` once more, in the words of Cedar (https://docs.cedarpolicy.com): one `permit` for each role and
 * permission, generated from the table of roles, and a `forbid` for each rule above the table. Each names one action by `==`,
 * which Cedar refuses soonest: as lists of actions they took it twice as long.
 *
 * Entities: `User`, `Service` and `Platform` with `tenant`, `region`, `cell`, `disabled`, `auditsUntil`, and what a
 * credential adds (`endsAt`, `workspace`, `permissions`); their tags say for `<Role>@<place>` until when. A `Place`
 * has `tenant`, `region`, `cell`, and `workspace` with the names of its tags where one is named. The time is in the context.
 */
export function cedarPolicies(): string {
  return [...permits(), ...FORBIDS].join("\n");
}

function permits(): string[] {
  const self = permissions.filter((permission) => scopeOf(permission) === "self");
  return [
    ...self.map((permission) => `permit (principal, ${only(permission)}, resource);`),
    ...PLATFORM_PERMISSIONS.map(
      (permission) =>
        `permit (principal is Platform, ${only(permission)}, resource) when { ${place(permission)} };`,
    ),
    ...ROLES.flatMap((role) =>
      ROLE_TABLE[role].map(
        (permission) => `permit (principal, ${only(permission)}, resource)
          when { !(principal is Platform) && ${place(permission)} && (${holds(role, permission)}) };`,
      ),
    ),
  ];
}

/** Where a workspace has to be named, it demands that. */
function place(permission: Permission): string {
  return scopeOf(permission) === "workspace" ? "resource has workspace" : "true";
}

/** The role is held where it counts for this permission, and has not ended. */
function holds(role: Role, permission: Permission): string {
  const until = (tag: string) =>
    `(principal.hasTag(${tag}) && principal.getTag(${tag}) > context.now)`;
  const scope = scopeOf(permission);
  if (scope === "member") return until(`"${role}@anywhere"`);
  const tenantWide = until(`"${role}@tenant"`);
  return scope === "workspace" ? `${tenantWide} || ${until(`resource.tags.${role}`)}` : tenantWide;
}

const writes = permissions.filter(
  (permission) =>
    PERMISSIONS[permission].effect === "write" &&
    !["self", "platform"].includes(scopeOf(permission)),
);
const ofAPlace = permissions.filter((permission) =>
  ["workspace", "tenant"].includes(scopeOf(permission)),
);

const FORBIDS = [
  "forbid (principal, action, resource) when { principal.disabled };",
  "forbid (principal, action, resource) when { principal has endsAt && principal.endsAt <= context.now };",
  "forbid (principal, action, resource) when { principal.region != resource.region || principal.cell != resource.cell };",
  "forbid (principal, action, resource) when { !(principal is Platform) && principal.tenant != resource.tenant };",
  `forbid (principal is Service, ${only("approval:decide")}, resource);`,
  `forbid (principal, action, resource) when { principal has permissions && !principal.permissions.contains(action) }
    unless { [${ALWAYS_OF_A_KEY.map(action).join(", ")}].contains(action) };`,
  ...ofAPlace.map(
    (permission) => `forbid (principal, ${only(permission)}, resource)
    when { !(principal is Platform) && principal has workspace
      && (!(resource has workspace) || principal.workspace != resource.workspace) };`,
  ),
  ...writes.map(
    (permission) => `forbid (principal, ${only(permission)}, resource)
    when { !(principal is Platform) && principal.auditsUntil > context.now };`,
  ),
];

function only(permission: Permission): string {
  return `action == ${action(permission)}`;
}

function action(permission: Permission): string {
  return `Action::"${permission}"`;
}
