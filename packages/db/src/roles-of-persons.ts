import type { Role } from "@aic-sos/contract/roles";
import { originOf } from "./event-origin.ts";
import type { ScopedTransaction } from "./scoped-client.ts";

/**
 * The roles that the persons behind these users hold, in every workspace and through every user of theirs, also those
 * that the scope does not show: separation of duties compares persons. Locks those users until the transaction ends,
 * so that two changes at once cannot make between them what each alone would be refused.
 * @returns roles by user id; a user without any is not in it
 */
export async function lockRolesOfPersons(
  tx: ScopedTransaction,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Role[]>> {
  const { tx: prisma } = originOf(tx);
  const rows = await prisma.$queryRaw<{ user_id: string; role: Role }[]>`
    select user_id, role from lock_roles_of_persons(${[...userIds]}::uuid[])`;
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return new Map([...byUser].map(([user, held]) => [user, held.map(({ role }) => role)]));
}
