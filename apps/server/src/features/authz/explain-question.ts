import { ExplainedQuestion, ExplainQuestion, sayRule } from "@aic-sos/contract/explanations";
import { explain } from "@aic-sos/policy/explain";
import type { Principal } from "@aic-sos/policy/principal";
import { notFound } from "../../app-error.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { alsoAllowed } from "../../trpc/steps/authorize.ts";
import { authzStore } from "./authz.store.ts";
import { placeOf } from "./place-of.ts";

/** About oneself, with the very credential that asks; about others only with `audit_event:read` where it would happen. */
export const explainQuestion = rbacProcedure("authz:explain", {
  rest: "POST /authz/explain",
  summary: "Whether one may, and why, without trying",
  input: ExplainQuestion,
  output: ExplainedQuestion,
}).query(async ({ ctx, input }) => {
  await authzStore.assertCurrent(ctx.grant);
  const { permission } = input;
  const scope = placeOf(ctx.grant, input, ctx.workspaceHeader);
  const ask = (principal: Principal) => {
    const explanation = explain({ principal, permission, scope, now: ctx.deps.now() });
    return { explanation, sentence: sayRule(explanation.rule) };
  };
  const { principal } = ctx.authenticated;
  if (input.principalId === undefined || input.principalId === principal.id) return ask(principal);
  const workspaceId = scope.workspaceId ?? "*";
  const asked = { workspaceId, procedure: "authz.explain", input };
  const grant = await alsoAllowed(ctx, "audit_event:read", asked);
  const somebody = grant && (await authzStore.findPrincipal(grant, input.principalId));
  if (!somebody) throw notFound();
  return ask(somebody);
});
