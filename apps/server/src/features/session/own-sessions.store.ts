import { appendEvent } from "@aic-sos/db/append-event";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import { beforeId, rowsFor } from "../../page.ts";

/** Sessions that somebody ends in one go. The rest takes another one. */
const MOST_AT_ONCE = 500;

export const ownSessionsStore = {
  /** The principal's own sessions that live, newest first; device and address are still sealed. */
  async list(
    grant: Grant<"self:read">,
    page: { limit: number; cursor?: string | undefined },
    now: number,
  ) {
    return read(grant, (db) =>
      db.session.findMany({
        where: { ...beforeId(page.cursor), ...living(grant, now) },
        select: {
          id: true,
          userAgentSealed: true,
          ipSealed: true,
          createdAt: true,
          lastSeenAt: true,
          idleExpiresAt: true,
          absoluteExpiresAt: true,
        },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
  },

  async revoke(grant: Grant<"self:manage">, id: string, now: number) {
    return write(grant, async (tx) => {
      const revoked = await tx.session.updateMany({
        where: { id, ...living(grant, now) },
        data: { revokedAt: new Date(now) },
      });
      if (revoked.count === 0) throw notFound();
      await appendEvent(tx, { type: "session.revoked", resource: { type: "session", id } });
      return { id };
    });
  },

  /** All but the one that asks. */
  async revokeOthers(grant: Grant<"self:manage">, currentId: string, now: number) {
    return write(grant, async (tx) => {
      const others = await tx.session.findMany({
        where: { id: { not: currentId }, ...living(grant, now) },
        select: { id: true },
        take: MOST_AT_ONCE,
      });
      const ids = others.map(({ id }) => id);
      await tx.session.updateMany({
        where: { id: { in: ids }, revokedAt: null },
        data: { revokedAt: new Date(now) },
      });
      for (const id of ids) {
        await appendEvent(tx, { type: "session.revoked", resource: { type: "session", id } });
      }
      return { ids };
    });
  },
};

function living(grant: Grant, now: number) {
  const at = new Date(now);
  return {
    userId: grant.principalId,
    revokedAt: null,
    idleExpiresAt: { gt: at },
    absoluteExpiresAt: { gt: at },
  };
}
