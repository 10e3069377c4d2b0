import canonicalize from "canonicalize";
import type { AuditEvent } from "./event.ts";

/** The RFC 8785 text of an event: what is stored, hashed and exported. Never re-serialise it from parsed JSON. */
export function canonicalText(event: AuditEvent): string {
  const text = canonicalize(event);
  if (text === undefined) throw new TypeError("an audit event must be JSON");
  return text;
}
