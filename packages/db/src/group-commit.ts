import type { AuditEvent } from "@aic-sos/audit/event";
import type pg from "pg";
import { blamesARow, connectionSurvives, isAnswer } from "./driver-errors.ts";
import { AuditUnavailable } from "./errors.ts";
import { type EventBatch, eventBatches } from "./event-batches.ts";
import { type EventRow, toEventRow } from "./event-row.ts";

/** Bounds of one cell's inbox. */
export interface InboxLimits {
  /** Events that wait for a group in this process; more are refused. */
  readonly waiting: number;
  /** Events in one INSERT. */
  readonly group: number;
  /** Unsealed events in the database; more are refused, for then nobody seals. */
  readonly unsealed: number;
  /** How often that is counted, in milliseconds, while events come in. */
  readonly countEvery: number;
}

const LIMITS: InboxLimits = {
  waiting: 20_000,
  group: 1_000,
  unsealed: 500_000,
  countEvery: 2_000,
};

interface Row extends EventRow {
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/** Lists of lists as text, which pg would write as arrays with each quote of each event escaped. JSON text has neither of these. */
const [BETWEEN_BATCHES, BETWEEN_EVENTS] = ["\u001e", "\n"];

const INSERT = {
  name: "record_batches",
  text: `insert into audit_inbox (tenant_id, id, size, event_ids, events)
    select batch.tenant_id, batch.id, batch.size, string_to_array(batch.event_ids, chr(10))::uuid[],
      string_to_array(batch.events, chr(10))
    from unnest($1::uuid[], $2::uuid[], $3::integer[], string_to_array($4, chr(30)), string_to_array($5, chr(30)))
      as batch (tenant_id, id, size, event_ids, events)`,
};

/**
 * Group commit of decisions and security events, as role `aic_audit`: while one group is being written the next fills,
 * and each caller's promise resolves when its group is durable. A group is one INSERT, of a batch for each tenant. One per cell.
 */
export class Inbox {
  readonly #writer: pg.Pool;
  readonly #counter: pg.Pool;
  readonly #cell: number;
  readonly #limits: InboxLimits;
  #waiting: Row[] = [];
  #writing: Promise<void> | undefined;
  #overfull = false;
  #countedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param pools `audit` may only insert, `sealer` counts what is unsealed
   */
  constructor(
    cell: number,
    pools: { readonly audit: pg.Pool; readonly sealer: pg.Pool },
    limits: Partial<InboxLimits> = {},
  ) {
    this.#cell = cell;
    this.#writer = pools.audit;
    this.#counter = pools.sealer;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Events that wait for a group now. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when the event is durable. Throws AuditUnavailable, or InvalidValue for an event that is none. */
  async record(event: AuditEvent): Promise<void> {
    const checked = toEventRow(event, this.#cell);
    this.#countNowAndThen();
    if (this.#overfull) throw new AuditUnavailable("too many events are waiting to be sealed");
    if (this.#waiting.length >= this.#limits.waiting) {
      throw new AuditUnavailable("too many events are waiting to be written");
    }
    return new Promise((done, failed) => {
      this.#waiting.push({ ...checked, done, failed });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Waits until everything accepted is written or refused. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Callers of this very tick share the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, this.#limits.group));
    }
    this.#writing = undefined;
  }

  async #write(rows: Row[]): Promise<void> {
    const failure = await this.#insert(rows);
    if (failure === undefined) {
      for (const row of rows) row.done();
    } else if (rows.length > 1 && blamesARow(failure.cause)) {
      const half = rows.length >> 1;
      await this.#write(rows.slice(0, half));
      await this.#write(rows.slice(half));
    } else {
      for (const row of rows) row.failed(failure);
    }
  }

  async #insert(rows: readonly Row[]): Promise<AuditUnavailable | undefined> {
    let client: pg.PoolClient;
    try {
      client = await this.#writer.connect();
    } catch (error) {
      return new AuditUnavailable("no connection", false, error);
    }
    let broken: unknown;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on("error", onError);
    try {
      await client.query({ ...INSERT, values: columnsOf(eventBatches(rows)) });
      return undefined;
    } catch (error) {
      if (!connectionSurvives(error)) broken = error;
      // No answer: the group may be durable or not. Never written again.
      return new AuditUnavailable(messageOf(error), !isAnswer(error), error);
    } finally {
      client.off("error", onError);
      client.release(broken !== undefined);
    }
  }

  #countNowAndThen(): void {
    const now = performance.now();
    if (now - this.#countedAt < this.#limits.countEvery) return;
    this.#countedAt = now;
    this.#counter
      .query({
        name: "count_unsealed",
        text: "select coalesce(sum(size), 0)::int as unsealed from (select size from audit_inbox limit $1) as waiting",
        values: [this.#limits.unsealed],
      })
      .then(({ rows }) => {
        this.#overfull = rows[0]?.unsealed >= this.#limits.unsealed;
      })
      // Unknown: the last count stands.
      .catch(() => undefined);
  }
}

function columnsOf(batches: readonly EventBatch[]): unknown[] {
  const joined = (lists: readonly (readonly string[])[]) =>
    lists.map((list) => list.join(BETWEEN_EVENTS)).join(BETWEEN_BATCHES);
  return [
    batches.map(({ tenantId }) => tenantId),
    batches.map(({ id }) => id),
    batches.map(({ eventIds }) => eventIds.length),
    joined(batches.map(({ eventIds }) => eventIds)),
    joined(batches.map(({ texts }) => texts)),
  ];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
