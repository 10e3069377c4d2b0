import type { Dependencies } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/** Writes, every ten seconds, which credentials were used, each at most once a minute. */
export function noteUses(deps: Dependencies): RepeatedJob {
  return runEvery("note-uses", 10_000, deps.log, async () => {
    await deps.credentialUses.flush();
    return "pause";
  });
}
