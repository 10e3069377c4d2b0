import type { ChangeType, SecurityType } from "@aic-sos/audit/catalogue";
import type { Actor, AuditEvent, BoundRole, FieldChange } from "@aic-sos/audit/event";
import { AuditUnavailable, CellUnavailable, RefusedByDatabase } from "./errors.ts";
import { type EventOrigin, originOf } from "./event-origin.ts";
import { eventBatches } from "./event-batches.ts";
import { toEventRow } from "./event-row.ts";
import { newId } from "./ids.ts";
import type { ScopedTransaction } from "./scoped-client.ts";

type RoleChange = "role.granted" | "role.removed";

/** What happened. Everything else an event says comes from the transaction's grant. */
export type Happening = WhatHappened &
  (
    | { readonly type: RoleChange; readonly binding: BoundRole }
    | {
        readonly type: Exclude<ChangeType | SecurityType, RoleChange>;
        readonly binding?: BoundRole;
      }
  );

interface WhatHappened {
  readonly resource: { readonly type: string; readonly id: string };
  /** Names of changed fields with HMACs of their values; never the values. */
  readonly changes?: readonly FieldChange[];
  /** Unless told, the grant's workspace; null means the whole tenant. */
  readonly workspaceId?: string | null;
  /** For login alone, where the actor becomes known inside the transaction. */
  readonly actor?: Actor;
}

/**
 * Writes the audit event of a change into the change's own transaction: both commit or neither does.
 * @returns the event's id. Throws AuditUnavailable when the log takes none
 */
export async function appendEvent(tx: ScopedTransaction, happening: Happening): Promise<string> {
  const [id] = await append(tx, [happening]);
  if (id === undefined) throw new TypeError("an event without an id");
  return id;
}

/**
 * As `appendEvent`, for many at once: one statement for each thousand, since a change of a group or a provider may be
 * about everybody in the tenant.
 */
export async function appendEvents(
  tx: ScopedTransaction,
  happenings: readonly Happening[],
): Promise<void> {
  await append(tx, happenings);
}

async function append(
  tx: ScopedTransaction,
  happenings: readonly Happening[],
): Promise<readonly string[]> {
  const { tx: prisma, origin, appended } = originOf(tx);
  const rows = happenings.map((happening) => toEventRow(eventOf(happening, origin), origin.cell));
  for (const { tenantId, id, eventIds, texts } of eventBatches(rows)) {
    await intoTheLog(
      prisma.$executeRaw`
        insert into audit_inbox (tenant_id, id, size, event_ids, events)
        values (${tenantId}::uuid, ${id}::uuid, ${eventIds.length}, ${eventIds}::uuid[], ${texts}::text[])`,
    );
  }
  const ids = rows.map(({ id }) => id);
  appended.push(...ids);
  return ids;
}

/** A log that takes no event (a right taken away, a locked table) is no conflict of the caller's making. */
async function intoTheLog(insert: PromiseLike<number>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    const unwritable = error instanceof RefusedByDatabase || error instanceof CellUnavailable;
    throw unwritable ? new AuditUnavailable(error.message, false, error) : error;
  }
}

/** The event of a happening: what it does not say comes from its transaction. */
export function eventOf(happening: Happening, origin: EventOrigin): AuditEvent {
  return {
    v: 1,
    id: newId(origin.cell),
    time: new Date().toISOString(),
    class: happening.type.startsWith("security.") ? "security" : "change",
    type: happening.type,
    tenantId: origin.tenantId,
    workspaceId: happening.workspaceId === undefined ? origin.workspaceId : happening.workspaceId,
    region: origin.region,
    actor: happening.actor ?? origin.actor,
    procedure: null,
    permission: origin.permission,
    outcome: null,
    reason: null,
    resource: happening.resource,
    decisionId: origin.decisionId,
    requestId: origin.requestId,
    changes: happening.changes ?? [],
    ...(happening.binding === undefined ? {} : { binding: happening.binding }),
    count: 1,
  };
}
