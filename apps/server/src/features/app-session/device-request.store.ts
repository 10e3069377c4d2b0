import { appendEvent } from "@aic-sos/db/append-event";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";

interface Answer {
  readonly id: string;
  readonly sessionId: string;
  readonly allow: boolean;
}

export const deviceRequestStore = {
  /** What waits for an answer under that user code, in the principal's tenant; undefined when nothing does. */
  async find(grant: Grant, hash: Uint8Array<ArrayBuffer>, now: number) {
    const found = await read(grant, (db) =>
      db.deviceCode.findFirst({
        where: { userCodeHash: hash, ...waiting(now) },
        select: {
          id: true,
          clientId: true,
          askedWorkspace: true,
          deviceNameSealed: true,
          addressSealed: true,
          createdAt: true,
          expiresAt: true,
        },
      }),
    );
    return found ?? undefined;
  },

  /** The workspace's name; undefined when there is none. */
  async workspaceName(grant: Grant, id: string): Promise<string | undefined> {
    const row = await read(grant, (db) =>
      db.workspace.findFirst({ where: { id }, select: { name: true } }),
    );
    return row?.name;
  },

  /** Answers once: throws `not_found` when somebody else was faster, or it has ended. */
  async answer(grant: Grant<"self:manage">, { id, sessionId, allow }: Answer, now: number) {
    return write(grant, async (tx) => {
      const at = new Date(now);
      const { count } = await tx.deviceCode.updateMany({
        where: { id, ...waiting(now) },
        data: {
          userId: grant.principalId,
          sessionId,
          ...(allow ? { approvedAt: at } : { deniedAt: at }),
        },
      });
      if (count === 0) throw notFound();
      await appendEvent(tx, {
        type: allow ? "device_code.approved" : "device_code.denied",
        resource: { type: "device_code", id },
      });
      return { id, allowed: allow };
    });
  },
};

function waiting(now: number) {
  return { approvedAt: null, deniedAt: null, expiresAt: { gt: new Date(now) } };
}
