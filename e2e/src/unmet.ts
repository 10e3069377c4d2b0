import { inspect } from "node:util";

/** An expectation that did not come true: what was expected, and what was seen. */
export class Unmet extends Error {
  override readonly name = "Unmet";

  constructor(expected: string, seen: unknown) {
    const text =
      typeof seen === "string" ? seen : inspect(seen, { depth: 6, breakLength: Infinity });
    super(`expected ${expected}; seen: ${text.slice(0, 800)}`);
  }
}

/** Goes on only when it holds. */
export function expectThat(holds: boolean, expected: string, seen: unknown): asserts holds {
  if (!holds) throw new Unmet(expected, seen);
}

/** Goes on only when both are the same value. */
export function expectSame<T extends string | number | boolean | null>(
  what: string,
  expected: T,
  seen: T,
): void {
  if (!Object.is(expected, seen))
    throw new Unmet(`${what} to be ${JSON.stringify(expected)}`, seen);
}
