import { z } from "zod";

/** Keyset pagination: a cursor is opaque and comes from the page before. */
export const pageInput = {
  limit: z.coerce.number<number>().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
};

/** A page of items, newest first unless the procedure says otherwise. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
