import type { Result } from "./alternate.ts";

/** One measurement: ours against a contender. */
export interface Row {
  readonly title: string;
  readonly ours: Result;
  readonly contender: Result;
  /** The ratio that is asked for at least. */
  readonly floor: number;
  readonly aim: number;
}

/** Ours against theirs. */
function ratioOf({ ours, contender }: Row): number {
  return ours.median / contender.median;
}

/** The rows as a table. */
export function report(rows: readonly Row[]): string {
  const head = [
    "",
    "ours /s",
    "spread",
    "CPU µs",
    "theirs /s",
    "spread",
    "CPU µs",
    "ratio",
    "floor",
    "aim",
  ];
  const body = rows.map((row) => [
    row.title,
    perSecond(row.ours.median),
    spread(row.ours),
    cpu(row.ours),
    perSecond(row.contender.median),
    spread(row.contender),
    cpu(row.contender),
    `${ratioOf(row).toFixed(2)}×`,
    `${row.floor.toFixed(2)}× ${ratioOf(row) >= row.floor ? "met" : "MISSED"}`,
    `${row.aim.toFixed(1)}×`,
  ]);
  const table = [head, ...body];
  const widths = head.map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  return table
    .map((line) =>
      line
        .map((cell, column) => align(cell, column, widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function align(cell: string, column: number, width: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function perSecond(rate: number): string {
  return Math.round(rate).toLocaleString("en-US");
}

function cpu({ cpuMicros }: Result): string {
  if (cpuMicros === null) return "?";
  return cpuMicros < 10 ? cpuMicros.toFixed(2) : String(Math.round(cpuMicros));
}

/** From the slowest to the fastest round. */
function spread({ rounds }: Result): string {
  return `${perSecond(Math.min(...rounds))}–${perSecond(Math.max(...rounds))}`;
}
