import { t } from "../../trpc/init.ts";
import { createRun } from "./create-run.ts";
import { deleteRun } from "./delete-run.ts";
import { listRuns } from "./list-runs.ts";
import { readRun } from "./read-run.ts";

export const runRouter = t.router({
  create: createRun,
  delete: deleteRun,
  list: listRuns,
  read: readRun,
});
