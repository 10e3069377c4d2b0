import { randomBytes } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";

/** An id of the cell, made now. */
export function freshId(cell: number): string {
  return makeId(cell, Date.now(), randomBytes(8));
}
