import { type CST, Lexer, Parser } from "yaml";
import { LIMITS } from "./limits.ts";

export type Tokens =
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | {
      readonly ok: false;
      readonly rule: "too-many-tokens";
      readonly offset: number;
      readonly message: string;
    }
  | {
      readonly ok: false;
      readonly rule: "too-deep";
      readonly offset: number;
      readonly message: string;
    };

/** Lexemes that stand for no text: document, flow error, scalar. */
const MARKERS = new Set(["\u0002", "\u0018", "\u001f"]);

/**
 * Lexes and parses YAML into concrete syntax. Both are loops, not recursion, so they are safe on any text;
 * the composer that comes after is recursive, so depth is measured here, before it.
 */
export function tokenize(source: string): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = source.split("\\").length - 1;
  let offset = 0;
  for (const lexeme of new Lexer().lex(source)) {
    const isMarker = MARKERS.has(lexeme);
    if (!isMarker && ++count > LIMITS.sourceTokens) {
      const message = `the file has more than ${LIMITS.sourceTokens} YAML tokens; a workflow is smaller`;
      return {
        ok: false,
        rule: "too-many-tokens",
        offset,
        message,
      };
    }
    if (!isMarker) offset += lexeme.length;
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    const message = `more than ${LIMITS.depth} lists and mappings inside each other`;
    return { ok: false, rule: "too-deep", offset: deep, message };
  }
  return { ok: true, tokens };
}

function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > LIMITS.depth) return next.token.offset;
    for (const token of partsOf(next.token)) {
      const nests =
        token.type === "block-map" ||
        token.type === "block-seq" ||
        token.type === "flow-collection";
      open.push({ token, depth: next.depth + (nests ? 1 : 0) });
    }
  }
  return undefined;
}

function* partsOf(token: CST.Token): Generator<CST.Token> {
  if (token.type === "document") {
    if (token.value !== undefined) yield token.value;
  } else if ("items" in token) {
    for (const item of token.items) {
      if (item.key) yield item.key;
      if (item.value !== undefined) yield item.value;
    }
  }
}
