import type { diceOf } from "@aic-sos/audit/log-world";
import { makeId } from "@aic-sos/contract/ids";
import { type Permission, permissions } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import type { Question, Scope } from "@aic-sos/policy/decide";
import { TENANT_WIDE } from "@aic-sos/policy/grant";
import type { Binding, Principal } from "@aic-sos/policy/principal";

type Home = Pick<Scope, "region" | "cell">;
type Dice = ReturnType<typeof diceOf>;

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

const idOf = (at: number): string => makeId(1, NOW, Uint8Array.of(0, 0, 0, 0, 0, 0, at >> 8, at));
const TENANTS = [idOf(1), idOf(2)] as const;
const WORKSPACES = [idOf(11), idOf(12), idOf(13)] as const;
const PLACES: readonly [Home, Home, Home] = [
  { region: "us-east-1", cell: 1 },
  { region: "eu-west-1", cell: 2 },
  { region: "us-east-1", cell: 3 },
];
const NO_PERMISSIONS = ["workflow:fly", "toString", "__proto__", ""] as readonly string[];

/** Somebody with up to five roles, some of them ended, by a credential that may be limited. */
export function randomPrincipal(dice: Dice): Principal {
  const kind = pick(dice, ["user", "user", "service", "platform"] as const);
  return {
    id: idOf(100 + dice(1_000)),
    kind,
    tenantId: mostly(dice, TENANTS),
    ...mostly(dice, PLACES),
    authentication: { user: "session", service: "api_key", platform: "platform_key" }[kind] as
      | "session"
      | "api_key"
      | "platform_key",
    disabled: dice(20) === 0,
    epoch: 1,
    bindings: Array.from({ length: dice(6) }, () => randomBinding(dice)),
    credentialWorkspaceId: dice(4) === 0 ? pick(dice, WORKSPACES) : null,
    credentialPermissions:
      dice(5) === 0
        ? Array.from({ length: dice(permissions.length) }, () => pick(dice, permissions))
        : null,
    credentialExpiresAt: dice(6) === 0 ? end(dice) : null,
  };
}

/** What the principal may ask: mostly about where it is at home, now and then about what does not exist. */
export function randomQuestion(dice: Dice, principal: Principal): Question<Permission> {
  const permission =
    dice(50) === 0 ? (pick(dice, NO_PERMISSIONS) as Permission) : pick(dice, permissions);
  const at = String(dice(1_000_000));
  return {
    principal,
    permission,
    scope: randomScope(dice),
    now: NOW,
    decisionId: at,
    requestId: at,
  };
}

function randomScope(dice: Dice): Scope {
  return {
    tenantId: mostly(dice, TENANTS),
    workspaceId: pick(dice, [...WORKSPACES, ...WORKSPACES, TENANT_WIDE, null]),
    ...mostly(dice, PLACES),
  };
}

function randomBinding(dice: Dice): Binding {
  return {
    id: idOf(2_000 + dice(1_000)),
    role: pick(dice, ROLES),
    workspaceId: pick(dice, [...WORKSPACES, null, null]),
    expiresAt: dice(3) === 0 ? end(dice) : null,
  };
}

/** Before, at or after the moment that is asked about. */
function end(dice: Dice): number {
  return NOW + pick(dice, [-HOUR, -1, 0, 1, HOUR]);
}

/** The first one 19 times of 20, so that not everything is denied for being elsewhere. */
function mostly<T>(dice: Dice, [usual, ...others]: readonly [T, ...T[]]): T {
  return others.length > 0 && dice(20) === 0 ? pick(dice, others) : usual;
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  const found = list[dice(list.length)];
  if (found === undefined && list.length === 0) throw new RangeError("nothing to choose from");
  return found as T;
}
