import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { KEEPS, PERSON } from "../../administrators.ts";
import { AppError } from "../../app-error.ts";

interface Leaving {
  readonly id: string;
  readonly role: string;
  readonly workspaceId: string | null;
  readonly expiresAt: Date | null;
}

/**
 * Refuses to take from a person what would leave a workspace, or the tenant, without an administrator.
 * @param leaving the bindings that go
 */
export async function refuseLastAdministrator(
  tx: ScopedTransaction,
  userId: string,
  leaving: readonly Leaving[],
  now: number,
): Promise<void> {
  const administering = leaving.filter(
    ({ role, expiresAt }) =>
      role === "WorkspaceAdmin" && (expiresAt === null || expiresAt.getTime() > now),
  );
  if (administering.length === 0) return;
  if (!(await tx.user.findFirst({ where: { id: userId, ...PERSON }, select: { id: true } })))
    return;
  const ids = leaving.map(({ id }) => id);
  for (const { workspaceId } of administering) {
    const other = await tx.roleBinding.findFirst({
      where: {
        ...KEEPS,
        id: { notIn: ids },
        AND: { OR: [{ workspaceId: null }, { workspaceId }] },
        user: PERSON,
      },
      select: { id: true },
    });
    if (other) continue;
    throw new AppError(
      "conflict",
      "This is the last WorkspaceAdmin; give the role to somebody else first.",
    );
  }
}
