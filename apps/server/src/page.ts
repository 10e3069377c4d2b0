import { isId } from "@aic-sos/contract/ids";
import { invalidField } from "./app-error.ts";

/** Rows to fetch for a page: one more than asked for shows whether there is a next one. */
export function rowsFor(page: { limit: number }): number {
  return page.limit + 1;
}

/** Where a page of rows with ids starts, newest first: ids sort by time. Throws `invalid_input` for a foreign cursor. */
export function beforeId(
  cursor: string | undefined,
): { id: { lt: string } } | Record<string, never> {
  if (cursor === undefined) return {};
  if (!isId(cursor)) throw invalidField("cursor", "must come from the page before");
  return { id: { lt: cursor } };
}

/** Cuts the extra row off and says where the next page starts. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

export function iso(time: Date): string {
  return time.toISOString();
}

export function isoOrNull(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
