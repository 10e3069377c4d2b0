import { LIMITS } from "./limits.ts";

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * Where each character of a scalar's text stands in its source, which quotes, escapes, indentation and
 * folding make different from the text. Both are read side by side; white space may differ, nothing else.
 * @returns the offset in `raw` of the text's character at `index` (its end, for one past the last), or
 * undefined when the two cannot be read side by side
 */
export function offsetInSource(raw: string, text: string, index: number): number | undefined {
  if (text.length > LIMITS.promptCharacters) return undefined;
  const style = raw[0] ?? "";
  let at = startOf(raw, style);
  for (let place = 0; place < text.length; place++) {
    const found = skipTo(raw, at, text[place] ?? "", style);
    if (found === undefined) return undefined;
    if (place === index) return found;
    at = found + lengthAt(raw, found, style);
    // One escape may stand for the two units of a surrogate pair.
    if (raw.startsWith("\\U", found) && style === '"' && /[\uD800-\uDBFF]/.test(text[place] ?? ""))
      place++;
  }
  return index >= text.length ? at : undefined;
}

function startOf(raw: string, style: string): number {
  if (style === '"' || style === "'") return 1;
  const isBlock = style === "|" || style === ">";
  return isBlock ? raw.indexOf("\n") + 1 : 0;
}

/** The place from `at` on where this character of the text is written; only white space may come before. */
function skipTo(raw: string, at: number, character: string, style: string): number | undefined {
  for (let place = at; place < raw.length; place++) {
    const here = raw[place] ?? "";
    if (here === character || (here === "\\" && style === '"')) return place;
    if (here === "\n" && character === " ") return place;
    if (!/\s/.test(here)) return undefined;
  }
  return undefined;
}

function lengthAt(raw: string, at: number, style: string): number {
  if (style === "'" && raw.startsWith("''", at)) return 2;
  if (style !== '"' || raw[at] !== "\\") return 1;
  return ESCAPE_LENGTHS[raw[at + 1] ?? ""] ?? 2;
}
