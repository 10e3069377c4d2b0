import type { ScopedTransaction } from "@aic-sos/db/scoped";

/** A person with the role for good: a service or a role that ends by itself does not keep a workspace governed. */
export const KEEPS = { role: "WorkspaceAdmin", expiresAt: null } as const;
export const PERSON = { state: "active", kind: "user" } as const;

/**
 * Lets one change of administrators follow another, so that two of them cannot take each other's role at the same
 * time. Comes first in the transaction: what is read after it is what the other change has left.
 */
export async function lockAdministrators(tx: ScopedTransaction): Promise<void> {
  await tx.user.updateMany({
    where: { ...PERSON, roleBindingsAsUser: { some: KEEPS } },
    data: { state: "active" },
  });
}

/**
 * Whether somebody still administers the whole tenant, also without those bindings. For changes that may take the role
 * from several at once.
 */
export async function hasAdministrator(
  tx: ScopedTransaction,
  without: readonly string[] = [],
): Promise<boolean> {
  const binding = await tx.roleBinding.findFirst({
    where: { ...KEEPS, workspaceId: null, id: { notIn: [...without] }, user: PERSON },
    select: { id: true },
  });
  return binding !== null;
}
