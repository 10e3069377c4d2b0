import { RunDetail, RunPath } from "@aic-sos/contract/runs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { runStore } from "./run.store.ts";

export const readRun = rbacProcedure("run:read", {
  rest: "GET /runs/{runId}",
  summary: "One run with its steps",
  input: RunPath,
  output: RunDetail,
}).query(({ ctx, input }) => runStore.read(ctx.grant, input.runId));
