import canonicalize from "canonicalize";
import type { AuditEvent } from "./event.ts";

/** The RFC 8785 text of a JSON value: keys sorted, one spelling of each number. Throws for what is not JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("only JSON has a canonical form");
  return text;
}

/**
 * The canonical text of an event: what is stored, hashed and exported. Never re-serialise it from parsed JSON.
 *
 * RFC 8785 §3.2 is ECMAScript's own JSON text with sorted keys, and the engine writes that in half the library's time, once
 * per request: our keys are words, so none of them is one that objects put first (array indices). A half surrogate pair, which
 * the engine would escape, is refused by the library.
 */
export function canonicalText(event: AuditEvent): string {
  const text = JSON.stringify(isInKeyOrder(event) ? event : inKeyOrder(event));
  return text.includes("\\u") ? canonicalJson(event) : text;
}

/** Costs a third of putting them in order. */
function isInKeyOrder(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isInKeyOrder);
  const named = value as Readonly<Record<string, unknown>>;
  let before = "";
  // Plain objects only: they inherit no key.
  for (const key in named) {
    if (key < before || !isInKeyOrder(named[key])) return false;
    before = key;
  }
  return true;
}

function inKeyOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  const named = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(named).toSorted()) ordered[key] = inKeyOrder(named[key]);
  return ordered;
}
