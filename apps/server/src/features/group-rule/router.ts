import { t } from "../../trpc/init.ts";
import { createGroupRule } from "./create-group-rule.ts";
import { listGroupRules } from "./list-group-rules.ts";
import { removeGroupRule } from "./remove-group-rule.ts";

export const groupRuleRouter = t.router({
  create: createGroupRule,
  list: listGroupRules,
  remove: removeGroupRule,
});
