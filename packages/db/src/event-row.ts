import { canonicalText } from "@aic-sos/audit/canonical";
import type { AuditEvent } from "@aic-sos/audit/event";
import { cellOf, isId } from "@aic-sos/contract/ids";
import { InvalidValue } from "./errors.ts";

/** An event on its way into the audit inbox. */
export interface EventRow {
  readonly tenantId: string;
  readonly id: string;
  /** The RFC 8785 text. */
  readonly text: string;
}

/** Characters of an event's text: ids and names of fields, never content. */
const MAX_TEXT = 16_384;
const INSTANT =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const CLASSES: readonly string[] = ["decision", "change", "security"];

/**
 * Checks an event before it is written: what the sealer could not seal would stand in its way for ever, and stop all.
 * Throws InvalidValue.
 */
export function toEventRow(event: AuditEvent, cell: number): EventRow {
  const { tenantId, id, workspaceId } = event;
  for (const one of workspaceId === null ? [tenantId, id] : [tenantId, id, workspaceId]) {
    if (!isId(one) || cellOf(one) !== cell) {
      throw new InvalidValue(`an audit event of cell ${cell} names the id ${one}`);
    }
  }
  if (!CLASSES.includes(event.class)) throw new InvalidValue(`no class of event: ${event.class}`);
  if (!isInstant(event.time)) {
    throw new InvalidValue(`no ISO time with milliseconds: ${event.time}`);
  }
  if (!event.type || !event.actor.id) throw new InvalidValue("an event has a type and an actor");
  const text = canonicalText(event);
  if (text.length > MAX_TEXT) {
    throw new InvalidValue(`an audit event has more than ${MAX_TEXT} characters`);
  }
  return { tenantId, id, text };
}

/** Whether Postgres has this moment: there is no 30 February, and no year 0000. */
function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined) return false;
  // Every month has 28 days, and every request comes by here.
  return day <= "28" || new Date(text).toISOString() === text;
}
