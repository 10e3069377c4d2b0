import { canonicalText } from "@aic-sos/audit/canonical";
import type { AuditEvent } from "@aic-sos/audit/event";
import { cellOf, isId } from "@aic-sos/contract/ids";
import { InvalidValue } from "./errors.ts";

/** An event as it lies in the audit inbox. */
export interface EventRow {
  readonly tenantId: string;
  readonly id: string;
  readonly workspaceId: string | null;
  /** The RFC 8785 text. */
  readonly text: string;
}

/** Characters of an event's text: ids and names of fields, never content. */
const MAX_TEXT = 16_384;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
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
  if (!INSTANT.test(event.time))
    throw new InvalidValue(`no ISO time with milliseconds: ${event.time}`);
  if (!event.type || !event.actor.id) throw new InvalidValue("an event has a type and an actor");
  const text = canonicalText(event);
  if (text.length > MAX_TEXT) {
    throw new InvalidValue(`an audit event has more than ${MAX_TEXT} characters`);
  }
  return { tenantId, id, workspaceId, text };
}
