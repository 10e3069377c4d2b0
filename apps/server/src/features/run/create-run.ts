import { CreateRun, Run } from "@aic-sos/contract/runs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { planRun } from "./plan-run.ts";
import { runStore } from "./run.store.ts";

export const createRun = rbacProcedure("run:create", {
  rest: "POST /runs",
  summary: "Trigger a run of a published workflow; it is pinned to that version",
  input: CreateRun,
  output: Run,
  status: 201,
}).mutation(async ({ ctx, input }) => {
  const published = await runStore.readPublished(ctx.grant, input.workflowId, input.environment);
  const plan = await planRun(ctx, published, input);
  return runStore.create(
    ctx.grant,
    plan,
    ctx.authenticated.principal.authentication === "session" ? "manual" : "api",
  );
});
