import type { Actor } from "@aic-sos/audit/event";
import { type Grant, workspaceOf } from "@aic-sos/policy/grant";
import type { PrismaTransaction } from "./passages.ts";
import type { ScopedTransaction } from "./scoped-client.ts";

/** What every audit event of a transaction has in common. */
export interface EventOrigin {
  readonly cell: number;
  readonly region: string;
  readonly tenantId: string;
  /** A workspace's id, or null for the whole tenant. */
  readonly workspaceId: string | null;
  readonly actor: Actor;
  readonly permission: string | null;
  readonly decisionId: string | null;
  readonly requestId: string | null;
}

interface OpenTransaction {
  readonly tx: PrismaTransaction;
  readonly origin: EventOrigin;
  /** Ids of the events of this transaction so far. */
  readonly appended: string[];
}

const transactions = new WeakMap<ScopedTransaction, OpenTransaction>();

/** Remembers whose transaction this is, so that `appendEvent` needs to be told only what happened. */
export function rememberOrigin(
  scoped: ScopedTransaction,
  open: OpenTransaction,
): ScopedTransaction {
  transactions.set(scoped, open);
  return scoped;
}

/** What `effect` answers, with the ids of the events that it appended: each attempt of a transaction has its own. */
export async function withEvents<T>(
  effect: (appended: string[]) => Promise<T>,
): Promise<{ readonly answer: T; readonly appended: readonly string[] }> {
  const appended: string[] = [];
  return { answer: await effect(appended), appended };
}

/** The Prisma transaction and the origin behind a scoped one. Throws for anything else. */
export function originOf(scoped: ScopedTransaction): OpenTransaction {
  const found = transactions.get(scoped);
  if (found === undefined)
    throw new TypeError("events are appended inside write(), to its transaction");
  return found;
}

/** The origin of what a grant's holder does. */
export function originOfGrant(grant: Grant, tenantId = grant.tenantId): EventOrigin {
  return {
    cell: grant.cell,
    region: grant.region,
    tenantId,
    workspaceId: workspaceOf(grant),
    actor: {
      id: grant.principalId,
      kind: grant.principalKind,
      authentication: grant.authentication,
    },
    permission: grant.permission,
    decisionId: grant.decisionId,
    requestId: grant.requestId,
  };
}
