import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Role } from "./roles.ts";
import { Instant, safeText } from "./text.ts";

/** Rules of one tenant: each login is held against all of them. */
export const MAX_GROUP_RULES = 500;

/** Everybody whom the provider names in `group` has `role`, in one workspace or (null) in all of the tenant. */
export const GroupRule = z
  .object({
    id: Id,
    group: z.string(),
    role: Role,
    roleWorkspaceId: Id.nullable(),
    /** The provider whose groups count; null: any of the tenant's. */
    identityProviderId: Id.nullable(),
    createdAt: Instant,
    createdBy: Id,
  })
  .meta({ id: "GroupRule" });
export type GroupRule = z.infer<typeof GroupRule>;

export const CreateGroupRule = z.object({
  group: safeText({ min: 1, max: 256 }),
  role: Role,
  /** Where the role holds; left out: in every workspace of the tenant. */
  roleWorkspaceId: Id.optional(),
  identityProviderId: Id.optional(),
});
export type CreateGroupRule = z.output<typeof CreateGroupRule>;

/** How many people have the role now, and for how many it was refused as a toxic pair. */
export const CreatedGroupRule = z
  .object({
    groupRule: GroupRule,
    given: z.int().nonnegative(),
    refused: z.int().nonnegative(),
  })
  .meta({ id: "CreatedGroupRule" });

export const GroupRulePath = z.object({ groupRuleId: Id });
/** How many people lost the role with it. */
export const RemovedGroupRule = z
  .object({ id: Id, taken: z.int().nonnegative() })
  .meta({ id: "RemovedGroupRule" });

export const ListGroupRules = z.object(pageInput);
export const GroupRulePage = pageOf(GroupRule);
