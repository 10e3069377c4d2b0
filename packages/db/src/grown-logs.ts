/** Tenants whose logs this process has made longer and no checkpoint covers yet, by cell. */
const grown = new Map<number, Set<string>>();

/** To be called when events of these tenants were sealed, or still are not covered. */
export function noteGrown(cell: number, tenantIds: Iterable<string>): void {
  const tenants = grown.get(cell) ?? new Set();
  grown.set(cell, tenants);
  for (const tenantId of tenantIds) tenants.add(tenantId);
}

/**
 * Whose logs have grown, as far as this process knows: after a start, or where another replica seals, there are more.
 * They are forgotten by this call; note those again that stay uncovered.
 */
export function takeGrown(cell: number): readonly string[] {
  const tenants = [...(grown.get(cell) ?? [])];
  grown.delete(cell);
  return tenants;
}
