/** Somebody who takes part: does a round and gives how many operations a second it did. */
export interface Contender {
  readonly name: string;
  round(): Promise<number>;
}

export interface Result {
  readonly name: string;
  /** Operations a second of each round. */
  readonly rounds: readonly number[];
  readonly median: number;
}

/**
 * Lets contenders take turns in one run (A B A B …), so that whatever else the machine does meets all of them.
 * @param rounds of each; one more before, which does not count
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Result[]> {
  const seen = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, round: run } of contenders) {
      const rate = await run();
      if (round > 0) seen.get(name)?.push(rate);
    }
  }
  return [...seen].map(([name, rates]) => ({ name, rounds: rates, median: median(rates) }));
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}
