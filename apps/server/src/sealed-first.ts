import { setTimeout as sleep } from "node:timers/promises";
import { sealOnce } from "@aic-sos/db/sealer";

/** How often, and how far apart in milliseconds, something is looked for that another sealer may be sealing now. */
const LOOKS = 8;
const PAUSE_MS = 50;

/**
 * Finds what was asked for right after the answer that named it: where it is not in the log yet, the sealer is made to
 * seal first.
 * @returns undefined when there is no such event
 */
export async function sealedFirst<T>(
  cell: number,
  find: () => Promise<T | null | undefined>,
): Promise<T | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await find();
    if (found) return found;
    const { sealed } = await sealOnce(cell);
    // Nothing was sealed: there is nothing, or somebody else holds the sealer's lock.
    if (sealed === 0 && look > 0) await sleep(PAUSE_MS);
  }
  return undefined;
}
