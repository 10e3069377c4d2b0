import type { Permission } from "@aic-sos/contract/permissions";
import { assertGrant, type Grant } from "@aic-sos/policy/grant";
import { cellByCode } from "./cells.ts";
import { originOfGrant, rememberOrigin, withEvents } from "./event-origin.ts";
import { beginsAtHome, forgetIntent, underIntent } from "./idempotency.ts";
import { keepReceipt } from "./receipts.ts";
import { runAlone, runInTransaction } from "./passages.ts";
import { homeScope, scopeOf } from "./scope.ts";
import type { ScopedClient, ScopedTransaction } from "./scoped-client.ts";

export type { ScopedClient, ScopedTransaction } from "./scoped-client.ts";

/**
 * Reads in the grant's scope: **one statement**, one round trip, one snapshot. `include` and nested `select` are part
 * of that statement (Prisma joins them). A second statement throws SeveralStatements: use `readConsistent`, or two
 * reads where two snapshots are meant.
 *
 * Tenant and workspace are added to every `where`; row-level security checks them once more. In a grant's workspace one
 * sees its rows and those that the whole tenant shares (`workspaceId` null, such as a tenant-wide role binding).
 *
 * ```ts
 * export function list(grant: Grant<"workflow:read">, after: string | undefined, take: number) {
 *   return read(grant, (db) =>
 *     db.workflow.findMany({
 *       where: after === undefined ? {} : { id: { lt: after } },
 *       orderBy: { id: "desc" },
 *       take,
 *       select: { id: true, name: true, createdAt: true, workflowVersions: { orderBy: { version: "desc" }, take: 1 } },
 *     }),
 *   );
 * }
 * ```
 *
 * Throws StaleEpoch when the principal's rights changed since the decision: load them and decide again, once.
 */
export async function read<P extends Permission, T>(
  grant: Grant<P>,
  fn: (db: ScopedClient) => Promise<T>,
): Promise<T> {
  assertGrant(grant);
  return runAlone(cellByCode(grant.cell).prisma, scopeOf(grant, true), fn);
}

/**
 * For an answer that is made of nothing in the database: rights are compared all the same. Whatever `read` and `write`
 * are not called for would else be answered on rights as they were cached, up to a minute after they were taken away.
 * Throws StaleEpoch, CellUnavailable.
 */
export async function assertCurrent(grant: Grant): Promise<void> {
  assertGrant(grant);
  await cellByCode(grant.cell).app.run(scopeOf(grant, true), {
    name: "assert_current",
    text: "select 1",
    values: [],
  });
}

/** A read of several statements: one REPEATABLE READ, read-only transaction, so all of them see the same moment. */
export async function readConsistent<P extends Permission, T>(
  grant: Grant<P>,
  fn: (db: ScopedClient) => Promise<T>,
): Promise<T> {
  assertGrant(grant);
  const scope = scopeOf(grant, true);
  return runInTransaction(cellByCode(grant.cell).prisma, scope, "snapshot", (_tx, inScope) =>
    fn(inScope(scope)),
  );
}

/**
 * Writes in the grant's scope: one transaction, which commits when `fn` returns and rolls back when it throws. What
 * `fn` returns is what a retry with the same idempotency key is answered. At most 10 s; **no network in here**, and
 * nothing that must not happen again: a deadlock with another transaction has `fn` run anew.
 *
 * ```ts
 * export function create(grant: Grant<"workflow:create">, input: CreateWorkflow) {
 *   return write(grant, async (tx) => {
 *     const id = newId(grant);
 *     await tx.workflow.create({ data: { id, name: input.name, createdBy: grant.principalId } });
 *     await appendEvent(tx, { type: "workflow.created", resource: { type: "workflow", id } });
 *     return { id };
 *   });
 * }
 * ```
 *
 * Throws StaleEpoch, UniqueViolation, ReferenceViolation, RowNotFound, RefusedByDatabase, InvalidValue, WriteConflict,
 * IdempotencyConflict, CellUnavailable.
 */
export async function write<P extends Permission, T>(
  grant: Grant<P>,
  fn: (tx: ScopedTransaction) => Promise<T>,
): Promise<T> {
  assertGrant(grant);
  const { prisma } = cellByCode(grant.cell);
  const scope = scopeOf(grant, false);
  const begin = beginsAtHome(grant) ? homeScope(grant, false) : scope;
  const origin = originOfGrant(grant);
  const { answer, appended } = await runInTransaction(prisma, begin, "transaction", (tx, inScope) =>
    withEvents((events) =>
      underIntent(tx, grant, async (enter) => {
        if (begin !== scope) await enter(scope);
        return fn(rememberOrigin(inScope(scope), { tx, origin, appended: events }));
      }),
    ),
  );
  forgetIntent(grant);
  keepReceipt(grant, appended);
  return answer;
}
