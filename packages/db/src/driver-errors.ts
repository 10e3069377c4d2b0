import pg from "pg";
import { SCOPE_REFUSED } from "./begin-scope.ts";
import {
  CellUnavailable,
  type DbError,
  InvalidValue,
  isDbError,
  ReferenceViolation,
  RefusedByDatabase,
  StaleEpoch,
  UniqueViolation,
  WriteConflict,
} from "./errors.ts";

/** Refusals of our triggers, of row-level security and for want of a grant. */
const INVARIANT = /^(?:AE00[2-9]|42501)$/;

/** SQLSTATEs that blame a row: data, integrity, a row too large, and what a trigger raised. The rows beside it are innocent. */
const BLAMES_A_ROW = /^(?:22|23|54|AE|P0)/;

/** Answers by which the server says that it cannot serve now: full, shutting down, took too long, broken. */
const UNAVAILABLE = /^(?:08|53|57|58|XX|55P03)/;

/**
 * Turns what `pg` throws into one of our errors. Whatever is not an answer of the server (socket, time-out, full pool)
 * is `CellUnavailable`, for the driver has no classes for it.
 */
export function toDbError(error: unknown): DbError {
  if (isDbError(error)) return error;
  if (error instanceof pg.DatabaseError) return ofAnswer(error, error.code ?? "");
  return new CellUnavailable(error instanceof Error ? error.message : String(error), error);
}

function ofAnswer(error: pg.DatabaseError, state: string): DbError {
  if (state === SCOPE_REFUSED.staleEpoch) return new StaleEpoch();
  if (state === "23505") return new UniqueViolation(error.constraint ?? "");
  if (state === "23503" || state === "23001") return new ReferenceViolation(error.constraint ?? "");
  if (state === "40001" || state === "40P01") return new WriteConflict();
  if (error.severity !== "ERROR" || UNAVAILABLE.test(state) || hasStalePlans(error)) {
    return new CellUnavailable(`${error.message} (${state})`, error);
  }
  if (state.startsWith("22")) return new InvalidValue(error.message);
  const detail = `${error.message} (${state})`;
  return new RefusedByDatabase(detail, error.constraint ?? null, INVARIANT.test(state));
}

/**
 * True when the connection outlives this error: an ordinary answer of the server, not FATAL, no socket trouble, and its
 * prepared statements are as they were.
 */
export function connectionSurvives(error: unknown): boolean {
  return isAnswer(error) && !hasStalePlans(error);
}

/** True when the server said that it did not do the statement; else nobody knows. */
export function isAnswer(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.severity === "ERROR";
}

/**
 * What the client takes for prepared is not so on the server, and never will be on this connection: a migration changed
 * the type of a column ("cached plan must not change result type"), or a pooler in between discarded the statements.
 */
function hasStalePlans({ code, routine }: pg.DatabaseError): boolean {
  return (
    code === "26000" ||
    code === "42P05" ||
    (code === "0A000" && routine === "RevalidateCachedQuery")
  );
}

/** True when the statement failed for what one of its rows says: without that row it may succeed. */
export function blamesARow(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && BLAMES_A_ROW.test(error.code ?? "");
}

/** True when the database cancelled a statement, which it does when that takes too long. */
export function tookTooLong(error: unknown): boolean {
  const cause = error instanceof CellUnavailable ? error.cause : error;
  return cause instanceof pg.DatabaseError && cause.code === "57014";
}

/** True when a row points to another that is not there. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "23503";
}
