import { GrantRole, RoleBinding } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { memberStore } from "./member.store.ts";

export const grantRole = rbacProcedure("role:grant", {
  rest: "POST /role-bindings",
  summary: "Give a member a role",
  input: GrantRole,
  output: RoleBinding,
  status: 201,
}).mutation(({ ctx, input }) => memberStore.grantRole(ctx.grant, input, ctx.deps.now()));
