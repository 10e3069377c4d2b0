import { RE2JS } from "re2js";
import { LIMITS } from "./limits.ts";

/** A pattern as JSON Schema needs it: found anywhere in the text unless it is anchored. */
export type LinearPattern = { test(text: string): boolean; readonly programSize: number };

/** A check ran more pattern work than it may; the text is too long for its patterns. */
export class PatternWorkExceeded extends Error {
  override readonly name = "PatternWorkExceeded";
}

/** Counts instructions times characters over all the patterns of one check. */
export class PatternWork {
  #left: number = LIMITS.patternWork;

  spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0)
      throw new PatternWorkExceeded("patterns would take too long on these values");
  }
}

/**
 * Compiles a pattern with RE2's algorithm, which never backtracks: matching is linear in program and text.
 * @throws RE2JSSyntaxException or RangeError with a sentence for people
 */
export function compilePattern(source: string, work: PatternWork): LinearPattern {
  if (source.length > LIMITS.patternCharacters) {
    throw new RangeError(`has more than ${LIMITS.patternCharacters} characters`);
  }
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  const programSize = compiled.programSize();
  if (programSize > LIMITS.patternProgram) throw new RangeError("repeats too much");
  return {
    programSize,
    test(text) {
      work.spend(programSize * (text.length + 1));
      return compiled.test(text);
    },
  };
}
