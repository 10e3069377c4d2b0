import type { AuditEvent } from "@aic-sos/audit/event";
import type { FreshCells, TestCell } from "@aic-sos/testkit/fresh-cells";

/** Every event of a cell, sealed or not yet, oldest first. */
export async function auditTrail(
  cells: FreshCells,
  cell: TestCell,
  where: Partial<AuditEvent> = {},
): Promise<AuditEvent[]> {
  const db = await cells.superuser(cell);
  const { rows } = await db.query<{ event: string }>(
    `select unnest(events) as event, unnest(event_ids) as id from audit_inbox
      union select event, id from audit_events order by id`,
  );
  const events = rows.map(({ event }) => JSON.parse(event) as AuditEvent);
  return events.filter((event) =>
    Object.entries(where).every(([key, value]) => event[key as keyof AuditEvent] === value),
  );
}
