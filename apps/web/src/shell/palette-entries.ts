/** Something the palette offers. `href` is a path of the console; `run` does something at once. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: "Go to" | "Do" | "Workflows" | "Runs" | "People" | "Workspaces";
  readonly label: string;
  readonly hint?: string;
  readonly href?: string;
  readonly run?: () => void;
}

/**
 * The entries that hold every word of the query, in label or hint, those whose label begins with it first.
 * Without a query: pages and actions only, so that the list stays short.
 */
export function findEntries(
  entries: readonly PaletteEntry[],
  query: string,
  most = 40,
): readonly PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0)
    return entries.filter((entry) => entry.group === "Go to" || entry.group === "Do");
  const found = entries.filter((entry) => {
    const text = `${entry.label} ${entry.hint ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = (entry: PaletteEntry) => entry.label.toLowerCase().startsWith(words[0] ?? "");
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))].slice(0, most);
}

/** Entries in the order of their groups' first appearance. */
export function groupedEntries(
  entries: readonly PaletteEntry[],
): readonly (readonly [PaletteEntry["group"], readonly PaletteEntry[]])[] {
  const groups = new Map<PaletteEntry["group"], PaletteEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}
