import { offsetInSource } from "./scalar-position.ts";

/** A stretch of the source: offsets in UTF-16 units, end excluded. */
export type Span = { readonly start: number; readonly end: number };

/** Where in a value a problem sits: its name, the value itself, or a part of its text. */
export type Part =
  | "key"
  | "value"
  | { readonly text: string; readonly start: number; readonly end: number };

type Place = { readonly key?: Span; readonly value: Span };

/** Knows lines and columns of a source, and where each value of its JSON stands. */
export class SourceMap {
  readonly #source: string;
  readonly #places = new Map<string, Place>();
  #lineStarts: readonly number[] | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  record(pointer: string, place: Place): void {
    this.#places.set(pointer, place);
  }

  /** 1-based line and column of an offset. */
  position(offset: number): { line: number; column: number } {
    if (offset === 0) return { line: 1, column: 1 };
    this.#lineStarts ??= lineStartsOf(this.#source);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The end of a span, but no further than its first line: a squiggle under a page helps nobody. */
  endOnFirstLine(span: Span): number {
    const lineEnd = this.#source.indexOf("\n", span.start);
    const end = Math.max(span.end, span.start + 1);
    return Math.min(lineEnd < 0 ? this.#source.length : Math.max(lineEnd, span.start), end);
  }

  /** The span of a value, its name, or a part of its text; of the nearest parent when it has none. */
  spanOf(pointer: string, part: Part): Span {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
      const place = this.#places.get(at);
      if (place !== undefined) {
        if (at !== pointer || part === "value") return place.value;
        if (part === "key") return place.key ?? place.value;
        return this.#within(place.value, part.text, part.start, part.end);
      }
      if (at === "") return { start: 0, end: 0 };
    }
  }

  #within(value: Span, text: string, start: number, end: number): Span {
    const raw = this.#source.slice(value.start, value.end);
    const from = offsetInSource(raw, text, start);
    const last = offsetInSource(raw, text, Math.max(end - 1, start));
    if (from === undefined || last === undefined) return value;
    return { start: value.start + from, end: value.start + last + (end > start ? 1 : 0) };
  }
}

function lineStartsOf(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1))
    starts.push(at + 1);
  return starts;
}
