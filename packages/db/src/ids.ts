import { randomFillSync } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";

const BYTES_PER_ID = 8;

/** Random bytes for 512 ids: asking the system for each id costs more than making it. */
const pool = Buffer.alloc(512 * BYTES_PER_ID);
let used = pool.length;

/** A new id that lives in a cell: of a grant, or by its code. */
export function newId(home: { readonly cell: number } | number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + BYTES_PER_ID);
  used += BYTES_PER_ID;
  return makeId(typeof home === "number" ? home : home.cell, Date.now(), random);
}
