import { LIMITS } from "./limits.ts";
import { pathOf } from "./pointer.ts";
import type { Problem, Rule } from "./problem.ts";
import type { Part, SourceMap, Span } from "./source-map.ts";

/** Collects problems and knows their place in the source. */
export class Report {
  readonly #source: SourceMap;
  readonly #found: Problem[] = [];
  readonly #seen = new Set<string>();

  constructor(source: SourceMap) {
    this.#source = source;
  }

  /** A problem of the value at a JSON pointer. */
  at(pointer: string, part: Part, rule: Rule, message: string, allowed?: readonly string[]): void {
    this.#add(this.#source.spanOf(pointer, part), pathOf(pointer), rule, message, allowed);
  }

  /** A problem of a stretch of the source, in UTF-16 units. */
  span(span: Span, pointer: string, rule: Rule, message: string): void {
    this.#add(span, pathOf(pointer), rule, message);
  }

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** Sorted by position, the first ones. */
  problems(): readonly Problem[] {
    return this.#found
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
      .slice(0, LIMITS.problems);
  }

  #add(span: Span, path: string, rule: Rule, message: string, allowed?: readonly string[]): void {
    const identity = `${span.start} ${path} ${rule} ${message}`;
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    const from = this.#source.position(span.start);
    const to = this.#source.position(this.#source.endOnFirstLine(span));
    this.#found.push({
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      path,
      rule,
      message,
      ...(allowed === undefined ? {} : { allowed }),
    });
  }
}
