import { Composer, type Document, type ParsedNode } from "yaml";
import { LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { unstorable } from "./text.ts";
import { tokenize } from "./yaml-tokens.ts";

/**
 * Source text → one YAML document, or problems: size first, then characters, tokens, depth and syntax.
 * YAML 1.2 core schema; no directives (`%YAML 1.1` would bring merge keys and `yes` as a boolean).
 */
export function readYaml(source: string, report: Report): ParsedNode | undefined {
  if (!isSmallEnough(source, report) || !isStorable(source, report)) return undefined;
  const parsed = tokenize(source);
  if (!parsed.ok) {
    report.span({ start: parsed.offset, end: parsed.offset }, "", parsed.rule, parsed.message);
    return undefined;
  }
  const directive = parsed.tokens.find((token) => token.type === "directive");
  if (directive !== undefined) {
    const span = { start: directive.offset, end: directive.offset + directive.source.length };
    report.span(span, "", "directive", `"${directive.source}" is not needed: the file is YAML 1.2`);
    return undefined;
  }
  const options = { schema: "core", merge: false, uniqueKeys: false, prettyErrors: false } as const;
  const documents = [...new Composer(options).compose(parsed.tokens)];
  return onlyDocument(documents, report);
}

/** Measured before anything else looks at the text. No more characters than bytes, so most need no count. */
function isSmallEnough(source: string, report: Report): boolean {
  const tooLarge =
    source.length > LIMITS.sourceBytes || Buffer.byteLength(source, "utf8") > LIMITS.sourceBytes;
  if (tooLarge) {
    const message = `the file is larger than ${LIMITS.sourceBytes} bytes`;
    report.span({ start: 0, end: 0 }, "", "too-large", message);
  }
  return !tooLarge;
}

function isStorable(source: string, report: Report): boolean {
  const bad = unstorable(source);
  if (bad !== undefined) {
    const span = { start: bad.index, end: bad.index + 1 };
    report.span(
      span,
      "",
      "invalid-character",
      `the character ${bad.name} is not allowed in a workflow`,
    );
  }
  return bad === undefined;
}

function onlyDocument(
  documents: readonly Document.Parsed[],
  report: Report,
): ParsedNode | undefined {
  const [first, second] = documents;
  for (const error of documents.flatMap((document) => document.errors)) {
    const [start, end] = error.pos;
    report.span({ start, end }, "", "yaml-syntax", `not YAML: ${error.message}`);
  }
  if (second !== undefined) {
    const start = second.range[0];
    const message = "a second YAML document begins here; a file holds one workflow";
    report.span({ start, end: start + 3 }, "", "multiple-documents", message);
  }
  if (!report.isEmpty) return undefined;
  const contents = first?.contents ?? null;
  if (contents === null) {
    const message = "the file is empty; a workflow begins with apiVersion: aic-sos/v1";
    report.span({ start: 0, end: 0 }, "", "empty-document", message);
    return undefined;
  }
  return contents;
}
