import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, DatabaseError } from "pg";
import { isAnswer } from "./driver-errors.ts";
import type { MigrationFile } from "./migration-files.ts";
import { MigrationRefused } from "./migration-refused.ts";

/** How long a migration tries to get tables that others use; times in milliseconds. */
export interface Patience {
  /** At each file. */
  readonly attempts: number;
  /** Longest wait for one lock: whoever wants the table meanwhile waits behind the migration. */
  readonly lockTimeout: number;
  /** Between two attempts: those who waited go first. */
  readonly pause: number;
}

/** Two minutes. The time for a lock is less than PostgreSQL's `deadlock_timeout`, so that in a deadlock it is the migration that gives way. */
export const PATIENCE: Patience = { attempts: 60, lockTimeout: 800, pause: 1_200 };

/**
 * Every fifth attempt waits longer than `deadlock_timeout`: only then does PostgreSQL end an autovacuum that has the table, which may
 * have it for longer than all attempts take. In that one a deadlock may end a request instead.
 */
const [EVERY, PAST_DEADLOCK_TIMEOUT] = [5, 1_200];

/** "lock_not_available", "deadlock_detected": others had the tables. */
const BUSY: ReadonlySet<unknown> = new Set(["55P03", "40P01"]);

/**
 * The first line of a file that is one statement and commits by itself, table by table. It is to be repeatable, for it is run
 * again from its beginning when it fails or dies half-way.
 */
const NO_TRANSACTION = "-- no transaction\n";

/**
 * Applies one file and notes that it did, in one transaction unless the file says otherwise; again when others have the tables.
 * @param client holds the migration lock; its `lock_timeout` is the database's own before and after
 * @throws MigrationRefused
 */
export async function applyMigration(
  client: Client,
  file: MigrationFile,
  patience: Patience,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptIn(client, file, lockTimeoutOf(attempt, patience));
    } catch (error) {
      const busy = error instanceof DatabaseError && BUSY.has(error.code);
      if (!busy) throw refusal(file, `failed${lineOf(file, error)}`, error);
      if (attempt >= patience.attempts) {
        throw refusal(file, `found its tables in use by others ${attempt} times`, error, MEND_BUSY);
      }
      await sleep(patience.pause);
    }
  }
}

const MEND_BUSY =
  " Stop the servers of the version before, end transactions that have been open for long (pg_stat_activity shows them), and start again.";

function lockTimeoutOf(attempt: number, { lockTimeout }: Patience): number {
  return attempt % EVERY === 0 ? PAST_DEADLOCK_TIMEOUT : lockTimeout;
}

async function attemptIn(client: Client, file: MigrationFile, lockTimeout: number): Promise<void> {
  await client.query(`SET lock_timeout = ${lockTimeout}`);
  try {
    await (commitsByItself(file)
      ? apply(client, file)
      : inTransaction(client, () => apply(client, file)));
  } finally {
    await orLost(client.query("RESET lock_timeout"));
  }
}

async function apply(client: Client, file: MigrationFile): Promise<void> {
  const startedAt = new Date();
  await client.query(file.sql);
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
    [randomUUID(), file.checksum, file.name, startedAt],
  );
}

function commitsByItself(file: MigrationFile): boolean {
  return file.sql.startsWith(NO_TRANSACTION);
}

function refusal(file: MigrationFile, what: string, error: unknown, mend = ""): MigrationRefused {
  const { message, where } =
    error instanceof DatabaseError ? error : { message: String(error), where: undefined };
  return new MigrationRefused(
    "failed",
    `${file.name}/migration.sql ${what}: ${message}${where ? ` (${where})` : ""}. ${leftBy(file, error)}${mend}`,
    { cause: error },
  );
}

function leftBy(file: MigrationFile, error: unknown): string {
  if (commitsByItself(file))
    return "What it had committed stays, and the next start goes on there.";
  return isAnswer(error)
    ? "Nothing of it was applied."
    : "The next start finds out whether it was applied.";
}

function lineOf(file: MigrationFile, error: unknown): string {
  const position = error instanceof DatabaseError ? error.position : undefined;
  return position ? ` at line ${file.sql.slice(0, Number(position)).split("\n").length}` : "";
}

/** Rolls back when `work` throws. */
export async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await orLost(client.query("ROLLBACK"));
    throw error;
  }
}

/** After a failure: on a connection that is gone there is nothing to take back, and its end is not what failed first. */
async function orLost(takingBack: Promise<unknown>): Promise<void> {
  await takingBack.catch(() => undefined);
}
