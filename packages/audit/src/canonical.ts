import canonicalize from "canonicalize";
import type { AuditEvent } from "./event.ts";

/** The RFC 8785 text of a JSON value: keys sorted, one spelling of each number. Throws for what is not JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("only JSON has a canonical form");
  return text;
}

/** The canonical text of an event: what is stored, hashed and exported. Never re-serialise it from parsed JSON. */
export function canonicalText(event: AuditEvent): string {
  return canonicalJson(event);
}
