import type { Guard } from "./guard.ts";

const policy = (file: string, test?: string): Guard["caughtBy"] => ({
  project: "policy",
  file: `packages/policy/src/${file}.test.ts`,
  ...(test === undefined ? {} : { test }),
});

const DECIDE = "packages/policy/src/decide.ts";

/** A guard of `decide()`: its condition, which then never holds. */
function ofDecide(name: string, condition: string, test?: string): Guard {
  const removal = { file: DECIDE, from: `if (${condition})`, to: "if (false)" };
  return { name, removal, caughtBy: policy("decide", test) };
}

/** What `decide()` refuses, and what else `policy` knows. */
export const DECISION_GUARDS: readonly Guard[] = [
  ofDecide("a permission has to exist", "!isPermission(permission)"),
  ofDecide("a disabled principal does nothing", "principal.disabled"),
  ofDecide(
    "nobody acts in another tenant",
    'principal.kind !== "platform" && principal.tenantId !== scope.tenantId',
  ),
  ofDecide(
    "nobody acts in another region",
    "principal.cell !== scope.cell || principal.region !== scope.region",
  ),
  ofDecide("what is the platform's stays the platform's", 'rule.scope === "platform"'),
  ofDecide(
    "services never approve",
    'principal.kind === "service" && permission === "approval:decide"',
    "a service never approves",
  ),
  ofDecide(
    "an auditor never mutates",
    'rule.effect === "write" && audits(principal, now)',
    "an auditor changes nothing",
  ),
  ofDecide("a role allows what the table says", "!roleAllows(binding.role, permission)"),
  {
    name: "a role holds in its own workspace",
    removal: {
      file: DECIDE,
      from: 'return ruleScope === "workspace" && binding.workspaceId === scope.workspaceId;',
      to: "return true;",
    },
    caughtBy: policy("decide", "in its own workspace only"),
  },
  {
    name: "a role ends",
    removal: {
      file: "packages/policy/src/principal.ts",
      from: "return expiresAt === null || expiresAt > now;",
      to: "return true;",
    },
    caughtBy: policy("decide", "until it ends"),
  },
  {
    name: "the platform sees no tenant's data",
    removal: {
      file: DECIDE,
      from: 'rule.scope === "self" || PLATFORM_PERMISSIONS.includes(permission);',
      to: "true;",
    },
    caughtBy: policy("decide", "never a tenant's data"),
  },
  {
    name: "a limited key does what its list says",
    removal: {
      file: DECIDE,
      from: "return credentialPermissions.includes(permission)",
      to: "return true",
    },
    caughtBy: policy("key-permissions"),
  },
  {
    name: "a limited key gives nobody rights",
    removal: {
      file: "packages/policy/src/key-permissions.ts",
      from: " || GIVES_RIGHTS.has(permission)",
      to: "",
    },
    caughtBy: policy("key-permissions"),
  },
  {
    name: "only policy makes grants",
    removal: {
      file: "packages/policy/src/grant.ts",
      from: "if (!MintedGrant.isBehind(grant))",
      to: "if (false)",
    },
    caughtBy: policy("decide", "is not made by looking like one"),
  },
  {
    name: "nobody decides what they requested",
    removal: {
      file: "packages/policy/src/separation-of-duties.ts",
      from: "return requesterPersonId !== deciderPersonId;",
      to: "return true;",
    },
    caughtBy: policy("separation-of-duties"),
  },
  {
    name: "toxic pairs",
    removal: {
      file: "packages/policy/src/separation-of-duties.ts",
      from: '["Auditor", "Operator"],',
      to: "",
    },
    caughtBy: policy("separation-of-duties"),
  },
  {
    name: "an id of another region is recognised by itself",
    removal: {
      file: "packages/policy/src/region-of-ids.ts",
      from: "if (isId(id) && cellOf(id) !== homeCell)",
      to: "if (false)",
    },
    caughtBy: policy("region-of-ids"),
  },
];
