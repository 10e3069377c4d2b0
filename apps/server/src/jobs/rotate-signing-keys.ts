import type { Dependencies, ServedCell } from "../dependencies.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/** Makes the next key for access tokens ahead of its time, and retires the last one. Any replica may, also at once. */
export function rotateSigningKeys(deps: Dependencies, cell: ServedCell): RepeatedJob {
  return runEvery(`rotate-signing-keys ${cell.region}`, 60_000, deps.log, async () => {
    await deps.signingKeys.rotate(cell.code);
    return "pause";
  });
}
