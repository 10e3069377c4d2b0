import { lockInTenant } from "@aic-sos/db/lock-in-tenant";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { AppError } from "./app-error.ts";

/**
 * Keeps a tenant to so many of something, also when many are made at once: those who make one take turns. Throws `conflict`.
 * @param what in the plural, as people read it
 * @param count counts them up to `take`, after the lock is held
 */
export async function limitRows(
  tx: ScopedTransaction,
  { what, most }: { readonly what: string; readonly most: number },
  count: (take: number) => PromiseLike<number>,
): Promise<void> {
  await lockInTenant(tx, what);
  if ((await count(most)) < most) return;
  throw new AppError("conflict", `There are ${most} ${what}, the most there can be.`);
}
