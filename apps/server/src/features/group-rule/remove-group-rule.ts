import { GroupRulePath, RemovedGroupRule } from "@aic-sos/contract/group-rules";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { groupRuleStore } from "./group-rule.store.ts";

export const removeGroupRule = rbacProcedure("group_rule:remove", {
  rest: "DELETE /group-rules/{groupRuleId}",
  summary: "Remove a group rule and the roles that it gave; effective at the next request",
  input: GroupRulePath,
  output: RemovedGroupRule,
}).mutation(async ({ ctx, input }) =>
  groupRuleStore.remove(ctx.grant, input.groupRuleId, await changeDigest(ctx.deps, ctx.grant)),
);
