/** What one round showed. */
export interface Round {
  /** Operations a second. */
  readonly rate: number;
  /** Processor time of the contender's process for one operation, in microseconds; null where it is not known. */
  readonly cpuMicros: number | null;
}

/** Somebody who takes part. */
export interface Contender {
  readonly name: string;
  round(): Promise<Round>;
}

export interface Result {
  readonly name: string;
  /** Operations a second of each round. */
  readonly rounds: readonly number[];
  readonly median: number;
  /** The median of processor time for one operation: says less of the machine's other work than a rate does. */
  readonly cpuMicros: number | null;
}

/**
 * Lets contenders take turns in one run (A B A B …), so that whatever else the machine does meets all of them.
 * @param rounds of each; one more before, which does not count
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Result[]> {
  const seen = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (let at = 0; at <= rounds; at += 1) {
    for (const contender of contenders) {
      const result = await contender.round();
      if (at > 0) seen.get(contender.name)?.push(result);
    }
  }
  return [...seen].map(([name, results]) => {
    const rates = results.map(({ rate }) => rate);
    const cpu = results.flatMap(({ cpuMicros }) => (cpuMicros === null ? [] : [cpuMicros]));
    return {
      name,
      rounds: rates,
      median: median(rates),
      cpuMicros: cpu.length === 0 ? null : median(cpu),
    };
  });
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}
