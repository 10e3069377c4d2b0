import { newId } from "@aic-sos/db/ids";
import { write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, notFound } from "../../app-error.ts";
import { linkPersons } from "../../persons.ts";

export const personStore = {
  /** Services are nobody's person. Throws `not_found`, `conflict` where roles would meet that must not. */
  async link(grant: Grant<"person:link">, input: { memberId: string; otherMemberId: string }) {
    const ids = [input.memberId, input.otherMemberId];
    return write(grant, async (tx) => {
      const people = await tx.user.findMany({
        where: { id: { in: ids }, kind: "user" },
        select: { id: true },
      });
      if (people.length < ids.length) throw notFound();
      const linked = await linkPersons(tx, ids, () => newId(grant));
      if (!("toxic" in linked)) return { ...linked, memberIds: [...linked.memberIds] };
      const [one, other] = linked.toxic;
      throw new AppError(
        "conflict",
        `${one} and ${other} must not meet in one person; take one of them away first.`,
        { errors: [{ field: "otherMemberId", message: `would hold ${one} and ${other}` }] },
      );
    });
  },
};
