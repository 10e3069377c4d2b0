import type { Dependencies } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/** Writes, every ten seconds, how many callers could not be authenticated. */
export function flushUnauthenticated(deps: Dependencies): RepeatedJob {
  return runEvery("flush-unauthenticated", 10_000, deps.log, async () => {
    await deps.unauthenticated.flush();
    return "pause";
  });
}
