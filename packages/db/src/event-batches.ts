import type { EventRow } from "./event-row.ts";

/** A row of the audit inbox: events of one tenant that become durable together. Named after the first of them. */
export interface EventBatch {
  readonly tenantId: string;
  readonly id: string;
  readonly eventIds: readonly string[];
  /** The RFC 8785 text of each. */
  readonly texts: readonly string[];
}

/** Events in one batch at most; the table refuses more. */
const MOST = 1_000;

/** The batches of these events, in their order: one per tenant for each thousand. */
export function eventBatches(rows: readonly EventRow[]): readonly EventBatch[] {
  return [...Map.groupBy(rows, (row) => row.tenantId).values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / MOST) }, (_, at) =>
      batchOf(own.slice(at * MOST, (at + 1) * MOST)),
    ),
  );
}

function batchOf(rows: readonly EventRow[]): EventBatch {
  const [first] = rows;
  if (first === undefined) throw new TypeError("a batch has an event");
  return {
    tenantId: first.tenantId,
    id: first.id,
    eventIds: rows.map(({ id }) => id),
    texts: rows.map(({ text }) => text),
  };
}
