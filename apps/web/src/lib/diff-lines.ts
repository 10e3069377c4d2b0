/** A line of a comparison: in both, only in the old text, or only in the new one. Line numbers begin at 1. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  readonly oldLine: number | null;
  readonly newLine: number | null;
}

/** Above this many changed lines the texts are told apart as a whole: nobody reads such a comparison line by line. */
const MAX_EDITS = 2000;

/**
 * Compares two texts line by line: the shortest edit script after Myers, "An O(ND) Difference Algorithm" (1986).
 * Equal beginnings and ends are set aside first.
 */
export function diffLines(oldText: string, newText: string): DiffLine[] {
  const before = oldText.split("\n");
  const after = newText.split("\n");
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const middle = shortestEdit(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return numbered([
    ...before.slice(0, head).map(same),
    ...middle,
    ...before.slice(before.length - tail).map(same),
  ]);
}

/** How many lines a comparison adds and removes. */
export function diffCounts(lines: readonly DiffLine[]): { added: number; removed: number } {
  return {
    added: lines.filter((line) => line.kind === "added").length,
    removed: lines.filter((line) => line.kind === "removed").length,
  };
}

/** The changed stretches with `context` lines around each. Stretches that meet are one. */
export function diffHunks(lines: readonly DiffLine[], context = 3): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let end = -1;
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    const from = Math.max(index - context, end + 1, 0);
    const to = Math.min(index + context, lines.length - 1);
    const last = hunks.at(-1);
    if (last && from === end + 1) last.push(...lines.slice(end + 1, to + 1));
    else hunks.push(lines.slice(from, to + 1));
    end = Math.max(end, to);
  });
  return hunks;
}

type Edit = Pick<DiffLine, "kind" | "text">;

const same = (text: string): Edit => ({ kind: "same", text });

function numbered(edits: readonly Edit[]): DiffLine[] {
  let oldLine = 0;
  let newLine = 0;
  return edits.map(({ kind, text }) => ({
    kind,
    text,
    oldLine: kind === "added" ? null : ++oldLine,
    newLine: kind === "removed" ? null : ++newLine,
  }));
}

function shortestEdit(before: readonly string[], after: readonly string[]): Edit[] {
  const most = Math.min(before.length + after.length, MAX_EDITS);
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    history.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOf(furthest, diagonal, edits);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length)
        return walkBack(before, after, history);
    }
  }
  return [
    ...before.map((text): Edit => ({ kind: "removed", text })),
    ...after.map((text): Edit => ({ kind: "added", text })),
  ];
}

function comesFromAbove(
  furthest: ReadonlyMap<number, number>,
  diagonal: number,
  edits: number,
): boolean {
  if (diagonal === -edits) return true;
  return (
    diagonal !== edits && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0)
  );
}

function startOf(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  return comesFromAbove(furthest, diagonal, edits)
    ? (furthest.get(diagonal + 1) ?? 0)
    : (furthest.get(diagonal - 1) ?? 0) + 1;
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  history: readonly ReadonlyMap<number, number>[],
): Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let step = history.length - 1; step >= 0; step -= 1) {
    const furthest = history[step] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = comesFromAbove(furthest, diagonal, step) ? diagonal + 1 : diagonal - 1;
    const previousX = furthest.get(previous) ?? 0;
    const previousY = previousX - previous;
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      edits.push(same(before[--x] ?? ""));
      y -= 1;
    }
    if (step === 0) break;
    if (x === previousX) edits.push({ kind: "added", text: after[--y] ?? "" });
    else edits.push({ kind: "removed", text: before[--x] ?? "" });
  }
  return edits.toReversed();
}
