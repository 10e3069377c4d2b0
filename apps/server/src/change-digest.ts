import type { FieldChange } from "@aic-sos/audit/event";
import type { Grant } from "@aic-sos/policy/grant";
import type { Dependencies } from "./dependencies.ts";

/**
 * All fields of a row that came or went, on the side that has them: of a rule that is gone, nobody could find out otherwise
 * which it was.
 */
export function wholeRow(
  side: "before" | "after",
  row: Readonly<Record<string, string | null>>,
  digest: (value: string) => string,
): readonly FieldChange[] {
  return Object.entries(row).flatMap(([field, value]) =>
    value === null ? [] : [{ field, before: null, after: null, [side]: digest(value) }],
  );
}

/**
 * How changed values appear in the audit log: as HMACs under the tenant's key, never as themselves. A plain digest of
 * a guessable value would be the value; destroying the key ends this too. Fetch it before the transaction begins.
 */
export async function changeDigest(
  deps: Dependencies,
  grant: Grant,
): Promise<(value: string) => string> {
  const key = await deps.keyringOf(grant.cell).forTenant(grant.tenantId);
  return (value) =>
    Buffer.from(key.hmac("audit-change", Buffer.from(value, "utf8"))).toString("base64url");
}
