import type { AppRouter } from "@aic-sos/server/app-router";
import type { OperationContext, TRPCLink } from "@trpc/client";

const KEY = "idempotencyKey";

/**
 * Gives each operation a key before it is tried: a retry then carries the same one. A caller may hand in its own, as
 * `{ context: { idempotencyKey } }`, to repeat a mutation after its process died.
 */
export function idempotencyLink(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      next({ ...op, context: { ...op.context, [KEY]: op.context[KEY] ?? crypto.randomUUID() } });
}

/** The key that the link gave. Throws where it was left out of the chain. */
export function keyOf(context: OperationContext): string {
  const key = context[KEY];
  if (typeof key !== "string") throw new TypeError("idempotencyLink has to come first");
  return key;
}
