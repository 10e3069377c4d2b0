import type pg from "pg";

/** Longest that one statement may run, in milliseconds. */
const STATEMENT_TIMEOUT = 10_000;

/**
 * What every pool of a cell has in common.
 *
 * `TimeZone=UTC` is not cosmetic: the Prisma adapter writes and reads `timestamptz` as if the session's zone were UTC.
 * `synchronous_commit=on`: what was answered is on disk, whatever the database's default says.
 * @param size connections at most
 */
export function poolDefaults(url: string, size: number): pg.PoolConfig {
  return {
    connectionString: url,
    max: size,
    application_name: "aic-sos",
    connectionTimeoutMillis: 3_000,
    statement_timeout: STATEMENT_TIMEOUT,
    // The client gives up after the server should have: only a lost network comes this far.
    query_timeout: STATEMENT_TIMEOUT + 2_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    options: "-c synchronous_commit=on -c TimeZone=UTC",
  };
}
