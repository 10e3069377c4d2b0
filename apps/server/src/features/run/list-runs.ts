import { ListRuns, RunPage } from "@aic-sos/contract/runs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { runStore } from "./run.store.ts";

export const listRuns = rbacProcedure("run:read", {
  rest: "GET /runs",
  summary: "List runs, newest first",
  input: ListRuns,
  output: RunPage,
}).query(({ ctx, input }) => runStore.list(ctx.grant, input));
