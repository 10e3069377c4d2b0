import type { Grant } from "@aic-sos/policy/grant";

const receipts = new WeakMap<Grant, string>();

/** Remembers the first event of a write, once that has committed. */
export function keepReceipt(grant: Grant, appended: readonly string[]): void {
  const [first] = appended;
  if (first !== undefined) receipts.set(grant, first);
}

/** The id of the audit event that tells what was written with this grant; undefined when nothing was. */
export function receiptOf(grant: Grant): string | undefined {
  return receipts.get(grant);
}
