import { z } from "zod";
import { wholeNumber } from "./whole-number.ts";

/** Items of a page, unless told. */
const PAGE_SIZE = 20;

/** Keyset pagination: a cursor is opaque and comes from the page before. */
export const pageInput = {
  // The inner default is for the API document, which says nothing of one around a transformation.
  limit: wholeNumber(z.int().min(1).max(100).default(PAGE_SIZE)).default(PAGE_SIZE),
  cursor: z.string().max(200).optional(),
};

/** A page of items, newest first unless the procedure says otherwise. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
