/** A stretch of a text: as it is, or an expression between `${{` and `}}`. Offsets are into the text. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  /** `source` is trimmed and begins at `start`. */
  | {
      readonly kind: "expression";
      readonly source: string;
      readonly start: number;
      readonly end: number;
    };

export type Template =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  /** The `${{` at `start` has no `}}`. */
  | { readonly ok: false; readonly start: number };

export const OPENING = "${{";
const CLOSING = "}}";

/**
 * Cuts a text at its `${{ … }}`. A `}}` inside a quoted text of the expression does not close it.
 * One pass; an opening without a closing ends it.
 */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = text.indexOf(OPENING); open >= 0; open = text.indexOf(OPENING, at)) {
    if (open > at) parts.push({ kind: "text", text: text.slice(at, open) });
    const inner = open + OPENING.length;
    const close = closingOf(text, inner);
    if (close < 0) return { ok: false, start: open };
    const raw = text.slice(inner, close);
    const start = inner + (raw.length - raw.trimStart().length);
    const source = raw.trim();
    parts.push({ kind: "expression", source, start, end: start + source.length });
    at = close + CLOSING.length;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return { ok: true, parts };
}

/** The expression that is the whole of a text, so that its value keeps its type; else undefined. */
export function soleExpression(
  template: Template,
): Extract<TemplatePart, { kind: "expression" }> | undefined {
  if (!template.ok || template.parts.length !== 1) return undefined;
  const [part] = template.parts;
  return part?.kind === "expression" ? part : undefined;
}

function closingOf(text: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (quote !== undefined) {
      if (character === "\\") at++;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith(CLOSING, at)) return at;
  }
  return -1;
}
