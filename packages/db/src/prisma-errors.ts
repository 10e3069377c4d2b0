import { CellUnavailable } from "./errors.ts";
import { Prisma } from "./generated/client.ts";

/** "Unable to start a transaction in the given time", "expired transaction": Prisma's own time limits. */
const TRANSACTION_API = "P2028";

/**
 * Errors of the database are ours already when Prisma hands them on (the pool makes them). What is left is what Prisma
 * finds out by itself; its time limits become CellUnavailable, the rest are mistakes in a call and stay as they are.
 */
export function toPassageError(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === TRANSACTION_API) {
    return new CellUnavailable(error.message, error);
  }
  return error;
}
