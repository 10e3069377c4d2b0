/** Small validators for what an address may say; what they do not know is left out, never an error. */

/** The value, when it is one of the list. */
export function oneOf<T extends string>(list: readonly T[], value: unknown): T | undefined {
  return list.find((item) => item === value);
}

/** The value, when it is a text of at most 2,000 characters that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 2000 ? value : undefined;
}

/** The value, when it is a whole number from 1. */
export function ordinalOf(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number > 0
    ? number
    : undefined;
}

/** The value as an instant with milliseconds, when it is a time. */
export function instantOf(value: unknown): string | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return time >= EARLIEST && time <= LATEST ? new Date(time).toISOString() : undefined;
}

/** The year 1: PostgreSQL, as ISO 8601 by itself, has none before. */
const EARLIEST = -62_135_596_800_000;
/** 9999-12-31, the last day that has four digits for its year. */
const LATEST = 253_402_214_400_000;
