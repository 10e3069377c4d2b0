import { CreatedGroupRule, CreateGroupRule } from "@aic-sos/contract/group-rules";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { groupRuleStore } from "./group-rule.store.ts";

export const createGroupRule = rbacProcedure("group_rule:create", {
  rest: "POST /group-rules",
  summary: "Give everybody in a group a role; in force at once, over the groups last seen",
  input: CreateGroupRule,
  output: CreatedGroupRule,
  status: 201,
}).mutation(async ({ ctx, input }) =>
  groupRuleStore.create(ctx.grant, input, await changeDigest(ctx.deps, ctx.grant)),
);
