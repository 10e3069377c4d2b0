import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { judge } from "@aic-sos/policy/decide";
import { TENANT_WIDE } from "@aic-sos/policy/grant";
import { PRINCIPAL_FIELDS, principalOf } from "../../principal-of.ts";

/** What of an invitation says on whose word it is. */
export interface OnWord {
  /** Null: the platform's, for the tenant's first administrator. */
  readonly createdBy: string | null;
  readonly workspaceId: string | null;
}

/**
 * Says of each invitation whether who issued it may invite there now: it is worth no more than their right at the time
 * it is accepted, by the same rules as an invitation that they would issue then. Needs a tenant-wide scope.
 */
export async function onGoodWord(
  tx: ScopedTransaction,
  invitations: readonly OnWord[],
  now: number,
): Promise<(invitation: OnWord) => boolean> {
  const ids = invitations.flatMap(({ createdBy }) => createdBy ?? []);
  const rows = await tx.user.findMany({
    where: { id: { in: ids }, kind: { in: ["user", "service"] } },
    select: PRINCIPAL_FIELDS,
  });
  const inviters = new Map(rows.map((row) => [row.id, principalOf(row)]));
  return ({ createdBy, workspaceId }) => {
    if (createdBy === null) return true;
    const principal = inviters.get(createdBy);
    if (!principal) return false;
    const { tenantId, region, cell } = principal;
    const scope = { tenantId, region, cell, workspaceId: workspaceId ?? TENANT_WIDE };
    return judge({ principal, permission: "member:invite", scope, now }).outcome === "allow";
  };
}
