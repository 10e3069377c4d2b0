import { DeletedRun, RunPath } from "@aic-sos/contract/runs";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { runStore } from "./run.store.ts";

export const deleteRun = rbacProcedure("run:delete", {
  rest: "DELETE /runs/{runId}",
  summary: "Delete a finished run; its audit stays",
  input: RunPath,
  output: DeletedRun,
}).mutation(({ ctx, input }) => runStore.delete(ctx.grant, input.runId));
