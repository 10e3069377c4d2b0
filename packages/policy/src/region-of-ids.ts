import { cellOf, isId } from "@aic-sos/contract/ids";

/** An id in the request that lives in another cell than the caller. */
export interface ForeignId {
  readonly field: string;
  readonly cell: number;
}

/**
 * The first id in `input` (any noun, any depth up to 8) that names another cell than `homeCell`. No lookup is made:
 * the id itself says where it lives. Only keys that end in `Id` or are `id` count, so that text which happens to look
 * like an id is not mistaken for one.
 */
export function foreignId(
  input: unknown,
  homeCell: number,
  field = "",
  depth = 0,
): ForeignId | undefined {
  if (typeof input !== "object" || input === null || depth > 8) return undefined;
  for (const [key, value] of Object.entries(input)) {
    const path = field === "" ? key : `${field}.${key}`;
    if (typeof value === "string") {
      if (!/(?:^id|Id)$/.test(key)) continue;
      const id = value.toLowerCase();
      if (isId(id) && cellOf(id) !== homeCell) return { field: path, cell: cellOf(id) };
    } else {
      const found = foreignId(value, homeCell, path, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}
