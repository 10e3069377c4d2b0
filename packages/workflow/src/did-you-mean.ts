const LONGEST = 64;

/** Edits (insert, delete, replace, swap neighbours) between two short words: optimal string alignment. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (older[column - 2] ?? 0) + 1);
      current.push(best);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

const folded = (word: string) => word.toLowerCase().replace(/[-_ ]/g, "");

/**
 * The allowed word that was probably meant.
 * @returns undefined when none is near (a third of its letters, at most three edits)
 */
function nearest(word: string, allowed: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of allowed) {
    if (candidate.length > LONGEST) continue;
    const edits = distance(folded(word), folded(candidate));
    if (edits < fewest && edits <= Math.min(3, Math.ceil(candidate.length / 3))) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or nothing; to end a message with. */
export function didYouMean(word: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  return meant === undefined ? "" : `. Did you mean "${meant}"?`;
}

/** A value in a message, cut short: a message must not carry a whole prompt. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
