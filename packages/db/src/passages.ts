import { setTimeout as sleep } from "node:timers/promises";
import { BEGIN_SCOPE, scopeValues } from "./begin-scope.ts";
import type { PrismaClient } from "./generated/client.ts";
import { NestedScope, WriteConflict } from "./errors.ts";
import { toPassageError } from "./prisma-errors.ts";
import { isInTransaction, type Passage, passages, type Scope } from "./scope.ts";
import { type PrismaModels, type ScopedTransaction, scopedModels } from "./scoped-client.ts";

/** Longest life of a write, in milliseconds. */
const MAX_TRANSACTION = 10_000;
/** How often a transaction is begun that the database gave up in favour of another: deadlock, serialization failure. */
const MAX_ATTEMPTS = 4;
/** Longest pause before it is begun again, times the attempts so far, in milliseconds. */
const PAUSE = 25;
/** Longest wait for its beginning: longer than the pool's own time-out, so that the pool's error is the one to be seen. */
const MAX_WAIT = 5_000;

/** Prisma inside an interactive transaction. */
export type PrismaTransaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** A passage that has not sent anything yet. */
function passageOf(scope: Scope, mode: Passage["mode"]): Passage {
  return { scope, mode, statements: 0, ended: false };
}

/** Runs `fn` with a client for one statement. */
export async function runAlone<T>(
  prisma: PrismaClient,
  scope: Scope,
  fn: (db: ScopedTransaction) => Promise<T>,
): Promise<T> {
  if (isInTransaction()) throw new NestedScope();
  const passage = passageOf(scope, "single");
  try {
    return await fn(scopedModels(prisma as unknown as PrismaModels, passage));
  } catch (error) {
    throw toPassageError(error);
  } finally {
    passage.ended = true;
  }
}

/** Gives the client of a scope, over the transaction. */
export type InScope = (scope: Scope) => ScopedTransaction;

/**
 * Runs `fn` in one transaction, begun in `scope`, for at most `limit` ms. Whatever `fn` throws rolls it back. When the
 * database rolled it back so that another could go on, it is run again from its beginning, a few times: what `fn` does
 * outside the transaction would happen again.
 */
export async function runInTransaction<T>(
  prisma: PrismaClient,
  scope: Scope,
  mode: "snapshot" | "transaction",
  fn: (tx: PrismaTransaction, inScope: InScope) => Promise<T>,
  limit = MAX_TRANSACTION,
): Promise<T> {
  if (isInTransaction()) throw new NestedScope();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(prisma, scope, mode, fn, limit);
    } catch (error) {
      if (!(error instanceof WriteConflict) || attempt === MAX_ATTEMPTS) throw error;
      await sleep(Math.random() * PAUSE * attempt);
    }
  }
}

async function runOnce<T>(
  prisma: PrismaClient,
  scope: Scope,
  mode: "snapshot" | "transaction",
  fn: (tx: PrismaTransaction, inScope: InScope) => Promise<T>,
  limit: number,
): Promise<T> {
  const used: Passage[] = [];
  const inTransaction = (tx: PrismaTransaction) =>
    fn(tx, (entered) => {
      const passage = passageOf(entered, mode);
      used.push(passage);
      return scopedModels(tx as unknown as PrismaModels, passage);
    });
  try {
    return await passages.run(passageOf(scope, mode), () =>
      prisma.$transaction(inTransaction, { maxWait: MAX_WAIT, timeout: limit }),
    );
  } catch (error) {
    throw toPassageError(error);
  } finally {
    for (const passage of used) passage.ended = true;
  }
}

/** Moves an open transaction to another scope. The epoch is compared again. */
export async function enterScope(tx: PrismaTransaction, scope: Scope): Promise<void> {
  await tx.$executeRawUnsafe(BEGIN_SCOPE, ...scopeValues(scope));
}
