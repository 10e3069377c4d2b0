import { appendEvent } from "@aic-sos/db/append-event";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import type { Role } from "@aic-sos/contract/roles";
import { TOXIC_PAIRS } from "@aic-sos/policy/separation-of-duties";

export interface Linked {
  readonly personId: string;
  readonly memberIds: readonly string[];
}

/**
 * Makes several users one person: separation of duties then takes them for one. Everybody whom their persons already
 * are comes along.
 * @returns the pair of roles that must not meet, and nothing is changed; or the person
 */
export async function linkPersons(
  tx: ScopedTransaction,
  userIds: readonly string[],
  newId: () => string,
): Promise<{ readonly toxic: readonly [Role, Role] } | Linked> {
  const held = await lockRolesOfPersons(tx, userIds);
  const roles = new Set([...held.values()].flat());
  const toxic = TOXIC_PAIRS.find(([one, other]) => roles.has(one) && roles.has(other));
  if (toxic) return { toxic };
  const users = await tx.user.findMany({
    where: { id: { in: [...userIds] } },
    select: { id: true, personId: true },
  });
  const known = [...new Set(users.flatMap(({ personId }) => personId ?? []))].toSorted();
  const [personId = await newPerson(tx, newId())] = known;
  const all = await tx.user.findMany({
    where: { OR: [{ id: { in: [...userIds] } }, { personId: { in: known } }] },
    select: { id: true, personId: true },
    orderBy: { id: "asc" },
  });
  const joining = all.filter((user) => user.personId !== personId).map(({ id }) => id);
  if (joining.length > 0) {
    await tx.user.updateMany({ where: { id: { in: joining } }, data: { personId } });
    await appendEvent(tx, { type: "person.linked", resource: { type: "person", id: personId } });
  }
  return { personId, memberIds: all.map(({ id }) => id) };
}

async function newPerson(tx: ScopedTransaction, id: string): Promise<string> {
  await tx.person.create({ data: { id } });
  return id;
}
