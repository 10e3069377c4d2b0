import { appendEvent } from "@aic-sos/db/append-event";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import { CODE_MS } from "../../authorization-codes.ts";
import { beforeId, rowsFor } from "../../page.ts";

/** Apps that somebody signs out in one go. The rest takes another one. */
const MOST_AT_ONCE = 500;

interface NewCode {
  readonly id: string;
  readonly sessionId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly boundWorkspaceId: string | null;
  readonly deviceNameSealed: Uint8Array<ArrayBuffer> | null;
  readonly secretHash: Uint8Array<ArrayBuffer>;
}

export const appSessionStore = {
  /** The principal's own apps that are signed in, newest first; the device's name is still sealed. */
  async list(
    grant: Grant<"self:read">,
    page: { limit: number; cursor?: string | undefined },
    now: number,
  ) {
    return read(grant, (db) =>
      db.refreshTokenFamily.findMany({
        where: { ...beforeId(page.cursor), ...living(grant, now) },
        select: {
          id: true,
          clientId: true,
          deviceNameSealed: true,
          boundWorkspaceId: true,
          createdAt: true,
          lastUsedAt: true,
          absoluteExpiresAt: true,
        },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
  },

  /**
   * The workspace's name; undefined when there is none. It reads also where no workspace is asked for: that tells whether
   * the session still is one.
   */
  async workspaceName(
    grant: Grant<"self:read">,
    id: string | undefined,
  ): Promise<string | undefined> {
    const row = await read(grant, (db) =>
      db.workspace.findFirst({ where: { id: id ?? grant.tenantId }, select: { name: true } }),
    );
    return row?.name;
  },

  /** Keeps a code for which an app gets its tokens. Throws `not_found` for a workspace that is not there. */
  async authorize(grant: Grant<"self:manage">, code: NewCode, now: number) {
    return write(grant, async (tx) => {
      const { boundWorkspaceId: id } = code;
      if (id !== null && !(await tx.workspace.findFirst({ where: { id }, select: { id: true } })))
        throw notFound();
      await tx.authorizationCode.create({
        data: { ...code, userId: grant.principalId, expiresAt: new Date(now + CODE_MS) },
      });
      await appendEvent(tx, {
        type: "app_session.authorized",
        resource: { type: "authorization_code", id: code.id },
      });
      return { id: code.id };
    });
  },

  async revoke(grant: Grant<"self:manage">, id: string, now: number) {
    return write(grant, async (tx) => {
      const revoked = await tx.refreshTokenFamily.updateMany({
        where: { id, ...living(grant, now) },
        data: { revokedAt: new Date(now) },
      });
      if (revoked.count === 0) throw notFound();
      await appendEvent(tx, { type: "app_session.revoked", resource: { type: "app_session", id } });
      return { id };
    });
  },

  async revokeAll(grant: Grant<"self:manage">, now: number) {
    return write(grant, async (tx) => {
      const all = await tx.refreshTokenFamily.findMany({
        where: living(grant, now),
        select: { id: true },
        take: MOST_AT_ONCE,
      });
      const ids = all.map(({ id }) => id);
      await tx.refreshTokenFamily.updateMany({
        where: { id: { in: ids }, revokedAt: null },
        data: { revokedAt: new Date(now) },
      });
      for (const id of ids) {
        const resource = { type: "app_session", id };
        await appendEvent(tx, { type: "app_session.revoked", resource });
      }
      return { ids };
    });
  },
};

function living(grant: Grant, now: number) {
  return {
    userId: grant.principalId,
    revokedAt: null,
    absoluteExpiresAt: { gt: new Date(now) },
  };
}
