/**
 * What can go wrong in `db`, as a closed union (`DbError["kind"]`). None carries a SQLSTATE or a driver's object, and
 * none has a property `code`: Prisma would take it for one of its own errors and replace it.
 */

/** The principal's rights changed after the decision: load them again and decide again, once. */
export class StaleEpoch extends Error {
  override readonly name = "StaleEpoch";
  readonly kind = "stale_epoch";
  constructor() {
    super("the principal's rights have changed since the decision");
  }
}

/** A unique key is taken. `constraint` is its name in the database. */
export class UniqueViolation extends Error {
  override readonly name = "UniqueViolation";
  readonly kind = "unique_violation";
  readonly constraint: string;
  constructor(constraint: string) {
    super(`unique key ${constraint} is taken`);
    this.constraint = constraint;
  }
}

/** A row it points to is missing, or rows still point to it. `constraint` is the foreign key's name. */
export class ReferenceViolation extends Error {
  override readonly name = "ReferenceViolation";
  readonly kind = "reference_violation";
  readonly constraint: string;
  constructor(constraint: string) {
    super(`foreign key ${constraint} does not allow it`);
    this.constraint = constraint;
  }
}

/** A trigger, a CHECK, a missing grant or row-level security said no. `detail` is for the log. */
export class RefusedByDatabase extends Error {
  override readonly name = "RefusedByDatabase";
  readonly kind = "refused_by_database";
  readonly detail: string;
  /** The CHECK's name, when it was one. */
  readonly constraint: string | null;
  /**
   * Row-level security, a missing grant, or a trigger that guards what no role may do: our own checks should have
   * refused it before.
   */
  readonly guardsInvariant: boolean;
  constructor(detail: string, constraint: string | null = null, guardsInvariant = false) {
    super(`the database refused: ${detail}`);
    this.detail = detail;
    this.constraint = constraint;
    this.guardsInvariant = guardsInvariant;
  }
}

/** A value that Postgres cannot store: U+0000, out of range, too long, not a UUID. */
export class InvalidValue extends Error {
  override readonly name = "InvalidValue";
  readonly kind = "invalid_value";
  readonly detail: string;
  constructor(detail: string) {
    super(`the database cannot store this value: ${detail}`);
    this.detail = detail;
  }
}

/** `update` or `delete` found no such row in this scope. */
export class RowNotFound extends Error {
  override readonly name = "RowNotFound";
  readonly kind = "row_not_found";
  readonly model: string;
  constructor(model: string) {
    super(`no such ${model} in this scope`);
    this.model = model;
  }
}

/** Deadlock or serialization failure: nothing was done, trying again may succeed. */
export class WriteConflict extends Error {
  override readonly name = "WriteConflict";
  readonly kind = "write_conflict";
  constructor() {
    super("two transactions were in each other's way; nothing was done");
  }
}

/** Another request with this idempotency key came first: look it up with `findIdempotent` and replay. */
export class IdempotencyConflict extends Error {
  override readonly name = "IdempotencyConflict";
  readonly kind = "idempotency_conflict";
  constructor() {
    super("a request with this idempotency key was first");
  }
}

/** The cell's database cannot be reached, is full or too slow. A write that was at its COMMIT may have happened. */
export class CellUnavailable extends Error {
  override readonly name = "CellUnavailable";
  readonly kind = "cell_unavailable";
  constructor(why: string, cause?: unknown) {
    super(`the cell's database is not available: ${why}`, { cause });
  }
}

/** The audit event could not be made durable. When `outcomeUnknown`, it may be there all the same. */
export class AuditUnavailable extends Error {
  override readonly name = "AuditUnavailable";
  readonly kind = "audit_unavailable";
  readonly outcomeUnknown: boolean;
  constructor(why: string, outcomeUnknown = false, cause?: unknown) {
    super(`the audit log cannot be written: ${why}`, { cause });
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** A mistake in our code: a query outside `read` and `write`, or after they ended. */
export class NoScope extends Error {
  override readonly name = "NoScope";
  readonly kind = "no_scope";
  constructor(message = "no scope, no query: go through read(grant, …) or write(grant, …)") {
    super(message);
  }
}

/** A mistake in our code: a read or write inside another one, which holds a connection while it waits for a second. */
export class NestedScope extends Error {
  override readonly name = "NestedScope";
  readonly kind = "nested_scope";
  constructor() {
    super(
      "inside write() or readConsistent() go through its own client: a second connection may never come free",
    );
  }
}

/** A mistake in our code: `read` is one statement. */
export class SeveralStatements extends Error {
  override readonly name = "SeveralStatements";
  readonly kind = "several_statements";
  constructor() {
    super("read() is one statement, one snapshot: use readConsistent() for a read of several");
  }
}

export type DbError =
  | StaleEpoch
  | UniqueViolation
  | ReferenceViolation
  | RefusedByDatabase
  | InvalidValue
  | RowNotFound
  | WriteConflict
  | IdempotencyConflict
  | CellUnavailable
  | AuditUnavailable
  | NoScope
  | NestedScope
  | SeveralStatements;

const CLASSES = [
  StaleEpoch,
  UniqueViolation,
  ReferenceViolation,
  RefusedByDatabase,
  InvalidValue,
  RowNotFound,
  WriteConflict,
  IdempotencyConflict,
  CellUnavailable,
  AuditUnavailable,
  NoScope,
  NestedScope,
  SeveralStatements,
] as const;

/** True for an error of this package. */
export function isDbError(error: unknown): error is DbError {
  return CLASSES.some((one) => error instanceof one);
}
