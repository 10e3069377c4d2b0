import { randomBytes } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";

/** A new id that lives in a cell: of a grant, or by its code. */
export function newId(home: { readonly cell: number } | number): string {
  return makeId(typeof home === "number" ? home : home.cell, Date.now(), randomBytes(8));
}
