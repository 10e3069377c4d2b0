import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { CellUnavailable } from "./errors.ts";
import { PrismaClient } from "./generated/client.ts";
import { Inbox } from "./group-commit.ts";
import { poolDefaults } from "./pool-defaults.ts";
import { ScopedPool } from "./scoped-pool.ts";
import { statementNames } from "./statement-names.ts";

/** One cell as the configuration names it: a URL per database role, direct ones (no transaction pooler in between). */
export interface CellConfig {
  /** Cell code, 0 to 4095. */
  readonly code: number;
  readonly region: string;
  readonly urls: {
    readonly app: string;
    readonly audit: string;
    readonly sealer: string;
    readonly jobs: string;
    /** The queue's, where `jobs` goes through a pooler: it listens for notifications. */
    readonly jobsDirect?: string | undefined;
    readonly owner?: string;
  };
  /** Connections of the application role; 10 unless told. */
  readonly poolSize?: number;
}

/** An open cell: the pools of its roles. Private to this package. */
export interface OpenCell {
  readonly code: number;
  readonly region: string;
  readonly app: ScopedPool;
  readonly prisma: PrismaClient;
  readonly inbox: Inbox;
  readonly audit: pg.Pool;
  readonly sealer: pg.Pool;
  readonly jobs: pg.Pool;
  /** Of the job queue alone, as role `aic_jobs`. */
  readonly queue: pg.Pool;
}

/** The cells that this process serves. */
export interface OpenCells {
  readonly codes: readonly number[];
  /** Waits for what is under way and closes every connection. */
  close(): Promise<void>;
}

/** For taking jobs and noting their ends, none while a job is at work; and one that listens. */
const QUEUE_CONNECTIONS = 5;

const open = new Map<number, OpenCell>();

/**
 * Opens the process's cells; `read`, `write` and the doors find them by the grant's cell. Connects lazily: a database
 * that is down makes its cell's calls fail with CellUnavailable until it is back, and nothing has to be restarted.
 * Throws when a cell is open already.
 */
export async function openCells(configs: readonly CellConfig[]): Promise<OpenCells> {
  for (const { code } of configs) {
    if (open.has(code))
      throw new Error(`cell ${code} is open already: one set of cells per process`);
  }
  const opened = configs.map(openCell);
  for (const cell of opened) open.set(cell.code, cell);
  return {
    codes: opened.map((cell) => cell.code),
    close: async () => {
      for (const cell of opened) open.delete(cell.code);
      await Promise.all(opened.map(closeCell));
    },
  };
}

/** The open cell of this code. Throws CellUnavailable when this process does not serve it. */
export function cellByCode(code: number): OpenCell {
  const cell = open.get(code);
  if (cell === undefined) throw new CellUnavailable(`this process does not serve cell ${code}`);
  return cell;
}

function openCell(config: CellConfig): OpenCell {
  const app = new ScopedPool(config.urls.app, config.poolSize ?? 10);
  const adapter = new PrismaPg(app, { statementNameGenerator: statementNames() });
  const audit = plainPool(config.urls.audit, 2, { lock_timeout: AUDIT_LOCK_TIMEOUT });
  const sealer = plainPool(config.urls.sealer, 2, { options: SEALER_PLANS });
  return {
    code: config.code,
    region: config.region,
    app,
    // "minimal" also spares Prisma a stack trace per query.
    prisma: new PrismaClient({ adapter, errorFormat: "minimal" }),
    inbox: new Inbox(config.code, { audit, sealer }),
    audit,
    sealer,
    jobs: plainPool(config.urls.jobs, 2),
    queue: plainPool(config.urls.jobsDirect ?? config.urls.jobs, QUEUE_CONNECTIONS),
  };
}

/**
 * The sealer looks thousands of events up in a log that grows while its statements stay prepared: planned for a small log, or
 * by statistics of one, they would read all of it each time, and be cancelled for taking too long. So they are
 * planned anew, and joins go through the index; `seal_events` sets its own.
 */
const SEALER_PLANS =
  "-c plan_cache_mode=force_custom_plan -c enable_hashjoin=off -c enable_mergejoin=off";

/** Every request waits for its decision's row: a locked inbox is a 503 after so many milliseconds, twice at most. */
const AUDIT_LOCK_TIMEOUT = 2_000;

function plainPool(
  url: string,
  size: number,
  { options = "", ...settings }: pg.PoolConfig = {},
): pg.Pool {
  const defaults = poolDefaults(url, size);
  const pool = new pg.Pool({
    ...defaults,
    ...settings,
    options: `${defaults.options} ${options}`,
  });
  // A connection that dies in the pool is dropped by it; the next query opens another.
  pool.on("error", () => undefined);
  // One that dies while it is out: whoever has it sees its statement fail.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

async function closeCell(cell: OpenCell): Promise<void> {
  await cell.inbox.close();
  await cell.prisma.$disconnect();
  await Promise.all([
    cell.app.end(),
    cell.audit.end(),
    cell.sealer.end(),
    cell.jobs.end(),
    cell.queue.end(),
  ]);
}
