import { createMongoAbility, type MongoAbility, type RawRuleOf } from "@casl/ability";
import { type Permission, PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import type { Asked } from "@aic-sos/policy/decide";
import type { Binding, Principal } from "@aic-sos/policy/principal";
import { PLATFORM_PERMISSIONS, ROLE_TABLE } from "@aic-sos/policy/role-table";

/** What is asked about: the place and the time are attributes of it. */
interface Subject {
  readonly noun: string;
  readonly tenantId: string;
  readonly region: string;
  readonly cell: number;
  readonly workspaceId: string | null;
  readonly now: number;
}

type Conditions = Readonly<Record<string, unknown>>;
type Ability = MongoAbility<[string, string | Subject]>;
type Rule = RawRuleOf<Ability>;

const ALWAYS_OF_A_KEY: readonly Permission[] = ["self:read", "authz:explain"];

/**
 * A principal's rights as CASL (https://casl.js.org) wants them: rules made once and kept, with whatever is certain by then
 * left out, so that a question meets as few rules and conditions as possible.
 */
export function caslAbility(principal: Principal): Ability {
  const rules = principal.disabled ? [] : [...permitted(principal), ...forbidden(principal)];
  return createMongoAbility<Ability>(rules, {
    detectSubjectType: (subject) => subject.noun,
  });
}

/** What CASL says. */
export function caslAllows(ability: Ability, { permission, scope, now }: Asked): boolean {
  const colon = permission.indexOf(":");
  return ability.can(permission.slice(colon + 1), {
    noun: permission.slice(0, colon),
    tenantId: scope.tenantId,
    region: scope.region,
    cell: scope.cell,
    workspaceId: scope.workspaceId,
    now,
  });
}

function permitted(principal: Principal): Rule[] {
  const { kind, region, cell, tenantId, credentialPermissions: limit } = principal;
  const platform = kind === "platform";
  const home = platform ? { region, cell } : { tenantId, region, cell };
  const may = (permission: Permission) =>
    (limit === null || ALWAYS_OF_A_KEY.includes(permission) || limit.includes(permission)) &&
    !(kind === "service" && permission === "approval:decide");
  const rule = (permission: Permission, conditions: Conditions) =>
    may(permission) ? [ruleOf(permission, { ...home, ...conditions })] : [];
  const own = permissions.filter((permission) => PERMISSIONS[permission].scope === "self");
  const ofRoles = principal.bindings.flatMap((binding) =>
    ROLE_TABLE[binding.role].flatMap((permission) =>
      whereOf(principal, binding, permission).flatMap((where) =>
        rule(permission, { ...where, ...before(binding.expiresAt, principal.credentialExpiresAt) }),
      ),
    ),
  );
  return [
    ...own.flatMap((permission) => rule(permission, before(principal.credentialExpiresAt))),
    ...(platform
      ? PLATFORM_PERMISSIONS.flatMap((permission) =>
          rule(permission, {
            ...(PERMISSIONS[permission].scope === "workspace" ? NAMED : {}),
            ...before(principal.credentialExpiresAt),
          }),
        )
      : ofRoles),
  ];
}

/** Some workspace, or all of them on purpose. */
const NAMED = { workspaceId: { $ne: null } };

/** Where a binding gives a permission: a condition, or none where it gives it nowhere. */
function whereOf(
  { credentialWorkspaceId: limit }: Principal,
  { workspaceId }: Binding,
  permission: Permission,
): Conditions[] {
  const { scope } = PERMISSIONS[permission];
  if (scope === "member") return [{}];
  if (scope === "tenant") {
    if (workspaceId !== null) return [];
    return limit === null ? [{}] : [{ workspaceId: limit }];
  }
  if (workspaceId !== null && limit !== null && workspaceId !== limit) return [];
  const only = workspaceId ?? limit;
  return [only === null ? NAMED : { workspaceId: only }];
}

/** Who audits changes nothing, as long as they do: of several rules CASL takes the last one that fits. */
function forbidden({ kind, bindings }: Principal): Rule[] {
  if (kind === "platform") return [];
  const writes = permissions.filter(
    (permission) =>
      PERMISSIONS[permission].effect === "write" && PERMISSIONS[permission].scope !== "self",
  );
  return bindings
    .filter(({ role }) => role === "Auditor")
    .flatMap(({ expiresAt }) =>
      writes.map((permission) => ({ ...ruleOf(permission, before(expiresAt)), inverted: true })),
    );
}

function ruleOf(permission: Permission, conditions: Conditions): Rule {
  const [noun = "", verb = ""] = permission.split(":");
  const empty = Object.keys(conditions).length === 0;
  return { action: verb, subject: noun, ...(empty ? {} : { conditions }) };
}

/** Before the first of these ends; null is none. */
function before(...ends: readonly (number | null)[]): Conditions {
  const known = ends.filter((end) => end !== null);
  return known.length === 0 ? {} : { now: { $lt: Math.min(...known) } };
}
