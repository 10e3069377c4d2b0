import {
  httpBatchLink,
  httpLink,
  type Operation,
  splitLink,
  type TRPCLink,
  TRPCClientError,
} from "@trpc/client";
import { tap } from "@trpc/server/observable";
import type { AppRouter } from "@aic-sos/server/app-router";
import { IdempotencyKeys, isFinal } from "./idempotency-keys.ts";
import { isEverywhere, workspaceHeader } from "./workspace-header.ts";

const URL = "/trpc";
const MAX_BATCH = 10;
const MAX_URL_LENGTH = 2000;

const keys = new IdempotencyKeys(() => crypto.randomUUID());

/** Remembers whether a mutation's outcome is known, so that a second try after silence reuses its key. */
const settleKeys: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        next: () => keys.settled(op.path, op.input),
        error: (error) => {
          if (isFinal(statusOf(error))) keys.settled(op.path, op.input);
        },
      }),
    );

function statusOf(error: unknown): number | undefined {
  return error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
}

function headersFor(operations: readonly Operation[]): Record<string, string> {
  const workspaceId = workspaceHeader(operations);
  return workspaceId === undefined ? {} : { "X-Workspace-Id": workspaceId };
}

/** Mutations go alone and carry a key; the editor's check goes by POST, since a definition fits no address. */
export const links: TRPCLink<AppRouter>[] = [
  splitLink({
    condition: (op) => op.type === "mutation",
    true: [
      settleKeys,
      httpLink({
        url: URL,
        headers: ({ op }) => ({
          ...headersFor([op]),
          "Idempotency-Key": keys.keyFor(op.path, op.input),
        }),
      }),
    ],
    false: splitLink({
      condition: (op) => op.path === "workflow.check",
      true: httpLink({ url: URL, methodOverride: "POST", headers: ({ op }) => headersFor([op]) }),
      false: splitLink({
        condition: isEverywhere,
        true: httpLink({ url: URL, headers: ({ op }) => headersFor([op]) }),
        false: httpBatchLink({
          url: URL,
          maxItems: MAX_BATCH,
          maxURLLength: MAX_URL_LENGTH,
          headers: ({ opList }) => headersFor(opList),
        }),
      }),
    }),
  }),
];
