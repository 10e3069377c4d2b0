/** By cell: how much of a turn is tried, 1 when none was cancelled. */
const shares = new Map<number, number>();
/** One event, of the most that a turn takes. */
const LEAST_SHARE = 1 / 4_096;

export function shareOf(cell: number): number {
  return shares.get(cell) ?? 1;
}

/** Less than this cannot be tried: what is cancelled now is cancelled for what it is. */
export function isLeastShare(cell: number): boolean {
  return shareOf(cell) <= LEAST_SHARE;
}

/** After a turn that the database cancelled, else its sealer would be stuck with it for ever. */
export function retreat(cell: number): void {
  shares.set(cell, Math.max(LEAST_SHARE, shareOf(cell) / 4));
}

/** After a turn that went through: slowly, for a turn that is too much again costs as long as hundreds. */
export function advance(cell: number): void {
  shares.set(cell, Math.min(1, shareOf(cell) * 1.125));
}
