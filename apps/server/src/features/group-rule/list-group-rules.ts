import { GroupRulePage, ListGroupRules } from "@aic-sos/contract/group-rules";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { groupRuleStore } from "./group-rule.store.ts";

export const listGroupRules = rbacProcedure("group_rule:read", {
  rest: "GET /group-rules",
  summary: "List which group has which role where",
  input: ListGroupRules,
  output: GroupRulePage,
}).query(({ ctx, input }) => groupRuleStore.list(ctx.grant, input));
