import { CanAnswer, CanInput } from "@aic-sos/contract/explanations";
import { judge } from "@aic-sos/policy/decide";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { authzStore } from "./authz.store.ts";
import { placeOf } from "./place-of.ts";

/** For clients that hide what would be refused. The answer is no promise: each request is decided by itself. */
export const can = rbacProcedure("authz:explain", {
  rest: "POST /authz/can",
  summary: "Which of these permissions the caller has",
  input: CanInput,
  output: CanAnswer,
}).query(async ({ ctx, input }) => {
  await authzStore.assertCurrent(ctx.grant);
  const { principal } = ctx.authenticated;
  const scope = placeOf(ctx.grant, input, ctx.workspaceHeader);
  const now = ctx.deps.now();
  const answers = input.permissions.map((permission) => ({
    permission,
    allowed: judge({ principal, permission, scope, now }).outcome === "allow",
  }));
  return { answers };
});
