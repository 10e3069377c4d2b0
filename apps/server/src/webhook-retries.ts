/** Seconds from each failed attempt to the next: twelve attempts over 76 hours, and up to 83 with what is added at random. */
const WAITS = [2, 10, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/**
 * Seconds until the next attempt, or null after the last.
 * @param attempts so far, at least one
 * @param random 0 to 1: up to a tenth is added, so that what failed together does not come back together
 */
export function retryAfter(attempts: number, random: number): number | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : wait * (1 + random / 10);
}
