import { z } from "zod";

/** The largest number that PostgreSQL's `integer` holds. */
export const MAX_INT4 = 2 ** 31 - 1;

const DIGITS = /^\d{1,16}$/;

/**
 * A whole number of `shape`, also as its digits: that is how addresses write it. Nothing else is turned into one:
 * `true` would be 1, `null` 0 and `0x10` 16.
 */
export function wholeNumber<T extends z.ZodType<number>>(shape: T) {
  return z.preprocess<unknown, T, number>(readDigits, shape);
}

function readDigits(given: unknown): unknown {
  return typeof given === "string" && DIGITS.test(given) ? Number(given) : given;
}
