import type { Diagnostic } from "@codemirror/lint";
import { withAllowed } from "../lib/with-allowed.ts";

/** A problem of the definition at its place; line and column begin at 1. */
export interface EditorProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  readonly allowed?: readonly string[] | undefined;
}

/** The part of CodeMirror's text that places need. */
interface Lines {
  readonly lines: number;
  readonly length: number;
  line(number: number): { readonly from: number; readonly to: number; readonly text: string };
}

/** The offset of a place, kept inside the text, which may have grown shorter since it was checked. */
export function offsetOf(doc: Lines, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + Math.max(column - 1, 0), to);
}

/** Each problem underlined to the end of its word, or of its line when nothing begins there. */
export function diagnosticsOf(doc: Lines, problems: readonly EditorProblem[]): Diagnostic[] {
  return problems.map((problem) => {
    const from = offsetOf(doc, problem.line, problem.column);
    const line = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
    const word = /^[^\s:,[\]{}]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 0;
    return {
      from,
      to: word > 0 ? from + word : Math.max(from, line.to),
      severity: "error",
      message: withAllowed(problem.message, problem.allowed),
    };
  });
}
