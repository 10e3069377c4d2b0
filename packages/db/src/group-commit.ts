import type { AuditEvent } from "@aic-sos/audit/event";
import type pg from "pg";
import { blamesARow, connectionSurvives, isAnswer } from "./driver-errors.ts";
import { AuditUnavailable } from "./errors.ts";
import { type EventRow, toEventRow } from "./event-row.ts";

/** Bounds of one cell's inbox. */
export interface InboxLimits {
  /** Events that wait for a batch in this process; more are refused. */
  readonly waiting: number;
  /** Events in one INSERT. */
  readonly batch: number;
  /** Unsealed events in the database; more are refused, for then nobody seals. */
  readonly unsealed: number;
  /** How often that is counted, in milliseconds, while events come in. */
  readonly countEvery: number;
}

const LIMITS: InboxLimits = {
  waiting: 20_000,
  batch: 1_000,
  unsealed: 500_000,
  countEvery: 2_000,
};

interface Row extends EventRow {
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

const INSERT = {
  name: "record_events",
  text: `insert into audit_inbox (tenant_id, id, workspace_id, event)
    select * from unnest(
      string_to_array($1, ',')::uuid[],
      string_to_array($2, ',')::uuid[],
      string_to_array($3, ',', '')::uuid[],
      string_to_array($4, chr(10)))`,
};

/**
 * Group commit of decisions and security events, as role `aic_audit`: while one batch is being written the next fills,
 * and each caller's promise resolves when its batch is durable. One per cell.
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

  /** Events that wait for a batch now. */
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
    // Callers of this very tick share the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, this.#limits.batch));
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
      await client.query({ ...INSERT, values: columnsOf(rows) });
      return undefined;
    } catch (error) {
      if (!connectionSurvives(error)) broken = error;
      // No answer: the batch may be durable or not. Never written again.
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
        text: "select count(*)::int as unsealed from (select from audit_inbox limit $1) as waiting",
        values: [this.#limits.unsealed],
      })
      .then(({ rows }) => {
        this.#overfull = rows[0]?.unsealed >= this.#limits.unsealed;
      })
      // Unknown: the last count stands.
      .catch(() => undefined);
  }
}

/** As lists, which pg would write as arrays with each quote of each event escaped. JSON text has no line feed. */
function columnsOf(rows: readonly Row[]): string[] {
  return [
    rows.map((row) => row.tenantId).join(","),
    rows.map((row) => row.id).join(","),
    rows.map((row) => row.workspaceId ?? "").join(","),
    rows.map((row) => row.text).join("\n"),
  ];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
