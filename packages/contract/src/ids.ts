/**
 * Ids carry their home: UUIDv8 (RFC 9562 §5.8) = 48 bits of Unix milliseconds, version 8, a 12-bit cell code, variant,
 * 62 random bits. They sort by time, and the third group names the cell: `…-8001-…`.
 */
import { z } from "zod";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const MAX_CELL = 0xfff;
/** 48 bits of milliseconds: the year 10889. */
const MAX_TIME = 2 ** 48 - 1;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** An id as it travels: lower-case UUIDv8. Upper case is accepted and folded. */
export const Id = z
  .string()
  .trim()
  .toLowerCase()
  .regex(ID, "must be an id of this service: a UUID of version 8")
  .meta({ id: "Id", format: "uuid" });

/** True when `text` is a lower-case UUIDv8. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/**
 * Makes an id.
 * @param cell cell code, 0 to 4095
 * @param now Unix time in milliseconds
 * @param random at least 8 random bytes; 62 of their bits are used
 */
export function makeId(cell: number, now: number, random: Uint8Array): string {
  if (!Number.isInteger(cell) || cell < 0 || cell > MAX_CELL) {
    throw new RangeError(`cell code ${cell} is not an integer from 0 to ${MAX_CELL}`);
  }
  if (random.length < 8) throw new RangeError("an id needs 8 random bytes");
  const time = now.toString(16).padStart(12, "0");
  const code = cell.toString(16).padStart(3, "0");
  let tail = HEX[0x80 | ((random[0] ?? 0) & 0x3f)] ?? "";
  for (let index = 1; index < 8; index += 1) tail += HEX[random[index] ?? 0];
  return `${time.slice(0, 8)}-${time.slice(8)}-8${code}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/**
 * What no id of that cell made at `now` (Unix milliseconds) or later is below: for ranges of time over ids.
 */
export function lowestIdAt(cell: number, now: number): string {
  return makeId(cell, Math.min(now, MAX_TIME), new Uint8Array(8));
}

/** The cell code of an id. The caller has checked the form; anything else throws. */
export function cellOf(id: string): number {
  if (!ID.test(id)) throw new TypeError("not an id of this service: a UUID of version 8");
  return Number.parseInt(id.slice(15, 18), 16);
}

/** The reserved tenant `platform` of a cell's database: its time and its random bits are zero. */
export function platformTenantId(cell: number): string {
  return makeId(cell, 0, new Uint8Array(8));
}
