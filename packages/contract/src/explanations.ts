import { z } from "zod";
import { Id } from "./ids.ts";
import { type Permission, permissions } from "./permissions.ts";
import { placeInput } from "./place.ts";
import { DENIAL_REASONS, type DenialReason } from "./reasons.ts";
import { Role } from "./roles.ts";
import { Instant } from "./text.ts";

const reasons = Object.keys(DENIAL_REASONS) as [DenialReason, ...DenialReason[]];
const PermissionName = z.enum(permissions as [Permission, ...Permission[]]);

/** Why a decision was an allow. */
export const ALLOWING_RULES = {
  role_binding: "a role allows it",
  everyone_for_oneself: "everybody may, for themselves",
  platform_permission: "platform administrators may",
} as const;

export type DecidingRule = keyof typeof ALLOWING_RULES | DenialReason;
const allowingRules = Object.keys(ALLOWING_RULES) as (keyof typeof ALLOWING_RULES)[];

/** A role that the principal has, and what it would do if it were the only one. */
export const ConsideredBinding = z
  .object({
    id: Id,
    role: Role,
    /** Null: tenant-wide. */
    workspaceId: Id.nullable(),
    expiresAt: Instant.nullable(),
    verdict: z.enum(["allows", ...reasons]),
  })
  .meta({ id: "ConsideredBinding" });

/** Why the rules decide as they do. */
export const Explanation = z
  .object({
    outcome: z.enum(["allow", "deny"]),
    reason: z.enum(reasons).nullable(),
    /** The rule that decided: the reason of a denial, or what allowed. */
    rule: z.enum([...allowingRules, ...reasons]),
    /** Those that count first; 20 at most. */
    bindings: z.array(ConsideredBinding),
    /** Roles of which one more would be enough. Empty lists: no role would be, see the rule. */
    wouldGrant: z.object({ inWorkspace: z.array(Role), tenantWide: z.array(Role) }),
  })
  .meta({ id: "Explanation" });
export type Explanation = z.infer<typeof Explanation>;

/** A decision that was made, with its reasons at that time. */
export const ExplainedDecision = z
  .object({
    decisionId: Id,
    /** Its place in the audit log. */
    seq: z.int().positive(),
    time: Instant,
    principalId: z.string(),
    principalKind: z.string(),
    procedure: z.string().nullable(),
    permission: z.string().nullable(),
    /** What the permission allows, in words. */
    means: z.string().nullable(),
    /** Null: the whole tenant, or none was named. */
    workspaceId: Id.nullable(),
    explanation: Explanation,
    /** The rule in words. */
    sentence: z.string(),
  })
  .meta({ id: "ExplainedDecision" });

export const ExplainDecision = z.object({ decisionId: Id });

/** A question that nobody has asked yet. About oneself, unless it names somebody else. */
export const ExplainQuestion = z.object({
  permission: PermissionName,
  principalId: Id.optional(),
  ...placeInput,
});
export const ExplainedQuestion = z
  .object({ explanation: Explanation, sentence: z.string() })
  .meta({ id: "ExplainedQuestion" });

export const CanInput = z.object({
  permissions: z.array(PermissionName).min(1).max(100),
  ...placeInput,
});
/** In the order asked. */
export const CanAnswer = z
  .object({ answers: z.array(z.object({ permission: PermissionName, allowed: z.boolean() })) })
  .meta({ id: "CanAnswer" });

/** A rule as a sentence. */
export function sayRule(rule: DecidingRule): string {
  const words =
    rule in ALLOWING_RULES
      ? ALLOWING_RULES[rule as keyof typeof ALLOWING_RULES]
      : DENIAL_REASONS[rule as DenialReason];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
