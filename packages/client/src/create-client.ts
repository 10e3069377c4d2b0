import type { AppRouter } from "@aic-sos/server/app-router";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  retryLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { idempotencyLink, keyOf } from "./idempotency-link.ts";
import { delayOf, isWorthRetrying } from "./retry.ts";

export interface ClientOptions {
  /** Where the control plane is, such as `https://control.example.com`. */
  readonly url: string;
  /** An API key (`aic_…`) of a service, or the platform key. */
  readonly apiKey: string;
  /** The workspace that calls act in, where the key is not bound to one. */
  readonly workspaceId?: string;
  /** Tries of one call, the first included; 4 unless told. */
  readonly attempts?: number;
  readonly fetch?: typeof fetch;
}

export type ControlPlane = TRPCClient<AppRouter>;

/**
 * A typed client. Calls that fail for a passing reason (no connection, 429, 503) are tried again with growing pauses;
 * each mutation carries one idempotency key over all its tries, so that it happens once. Queries of one tick share a
 * request, mutations never do. What the server refuses is thrown as a TRPCClientError: `problemOf(error)` says why.
 */
export function createClient(options: ClientOptions): ControlPlane {
  const url = `${options.url.replace(/\/+$/, "")}/trpc`;
  const transport = options.fetch === undefined ? {} : { fetch: options.fetch };
  const credentials = {
    authorization: `Bearer ${options.apiKey}`,
    ...(options.workspaceId === undefined ? {} : { "x-workspace-id": options.workspaceId }),
  };
  const attempts = options.attempts ?? 4;
  return createTRPCClient<AppRouter>({
    links: [
      idempotencyLink(),
      retryLink({
        retry: ({ error, attempts: made }) => made < attempts && isWorthRetrying(error),
        retryDelayMs: delayOf,
      }),
      splitLink({
        condition: (operation) => operation.type === "mutation",
        true: httpLink({
          ...transport,
          url,
          headers: ({ op }) => ({ ...credentials, "idempotency-key": keyOf(op.context) }),
        }),
        false: httpBatchLink({ ...transport, url, headers: credentials, maxItems: 20 }),
      }),
    ],
  });
}
