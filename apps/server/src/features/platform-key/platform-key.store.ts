import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { platformTenantId } from "@aic-sos/contract/ids";
import type { PlatformKey, RotatePlatformKey } from "@aic-sos/contract/platform-key";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import { read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { AppError } from "../../app-error.ts";
import { iso, isoOrNull } from "../../page.ts";
import { idInCell, liveKeys, platformKeyRow } from "../../platform-administrator.ts";
import type { RequestContext } from "../../trpc/context.ts";

type Granted<G extends Grant> = RequestContext & { readonly grant: G };

/** Two rotations an overlap apart leave two; nobody needs to see more ends than the last. */
const MOST_KEYS = 100;
const HOUR_MS = 60 * 60 * 1000;

const WAY_BACK =
  "Put a new key into platformKey of the configuration and start the servers again: one that has ended never comes back.";

export const platformKeyStore = {
  async read({ grant, deps }: Granted<Grant<"platform_key:read">>): Promise<PlatformKey> {
    const rows = await read(grant, (db) =>
      db.apiKey.findMany({
        where: liveKeys(grant.cell, deps.now()),
        select: { rotatedTo: true, expiresAt: true, createdAt: true, lastUsedAt: true },
        orderBy: { createdAt: "desc" },
        take: MOST_KEYS,
      }),
    );
    const current = rows.find(({ rotatedTo }) => rotatedTo === null);
    const ends = rows.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt.getTime()]));
    return {
      state: current ? "active" : "off",
      since: isoOrNull(current?.createdAt ?? null),
      lastUsedAt: isoOrNull(current?.lastUsedAt ?? null),
      previousEndsAt: ends.length === 0 ? null : iso(new Date(Math.max(...ends))),
      loginConfigured: deps.config.platform.login !== undefined,
    };
  },

  /**
   * A new key in the place of the one in effect. First its copies, which do nothing without the first cell's row, then
   * that row, which decides between two rotations at once, and last the ends of the old key's copies: whatever ends this
   * half-way, exactly one key is in effect, in every region, and its old one as long as the first cell says.
   */
  async rotate(
    { grant, deps, requestId }: Granted<Grant<"platform_key:rotate">>,
    { overlapHours }: z.output<typeof RotatePlatformKey>,
  ) {
    const now = deps.now();
    const secret = newSecret();
    const end = new Date(now + overlapHours * HOUR_MS);
    const old = await currentKey(grant, now);
    for (const { code } of otherCells(deps.cells, grant)) {
      const row = await platformKeyRow(code, secret, deps.keyringOf(code));
      await inCell(code, requestId, (tx) =>
        tx.apiKey.createMany({ data: [row], skipDuplicates: true }),
      );
    }
    const row = await platformKeyRow(grant.cell, secret, deps.keyringOf(grant.cell));
    const rotated = await write(grant, async (tx) => {
      await tx.apiKey.createMany({ data: [row], skipDuplicates: true });
      await markRotated(tx, { id: old, to: row.id, end, now });
      return { id: row.id, key: formatPlatformKey(secret), previousEndsAt: iso(end) };
    });
    for (const { code } of otherCells(deps.cells, grant)) {
      const key = { id: idInCell(old, code), to: idInCell(row.id, code), end, now };
      await inCell(code, requestId, (tx) => markCopyRotated(tx, key, grant)).catch(
        (error: unknown) =>
          deps.log.warn({ err: error, cell: code }, "copy of the rotated platform key not marked"),
      );
    }
    return rotated;
  },

  /**
   * Ends every key at once. The first cell's comes last, since its transaction keeps the answer; a region that is away
   * does not keep the key alive, which does nothing anywhere without the first cell's row.
   */
  async disable({ grant, deps, requestId }: Granted<Grant<"platform_key:disable">>) {
    const now = deps.now();
    const ended = await Promise.all(
      otherCells(deps.cells, grant).map(({ code, region }) =>
        inCell(code, requestId, (tx) => endKeys(tx, code, now, actorOf(grant))).then(
          () => [],
          (error: unknown) => {
            deps.log.warn({ err: error, cell: code }, "copies of the platform key not ended");
            return [region];
          },
        ),
      ),
    );
    return write(grant, async (tx) => {
      await endKeys(tx, grant.cell, now);
      const unreached = [...new Set(ended.flat())];
      return { disabledAt: iso(new Date(now)), unreached, wayBack: WAY_BACK };
    });
  },
};

interface Succession {
  readonly id: string;
  readonly to: string;
  readonly end: Date;
  readonly now: number;
}

/** Without an overlap it is revoked, which does not hang on anybody's clock. */
function endOf({ to, end, now }: Succession) {
  const revokedAt = end.getTime() <= now ? new Date(now) : null;
  return { rotatedTo: to, expiresAt: end, revokedAt };
}

/** The row that decides: only of a key that is still in effect. Throws `conflict`. */
async function markRotated(tx: ScopedTransaction, key: Succession): Promise<void> {
  const { count } = await tx.apiKey.updateMany({
    where: { id: key.id, rotatedTo: null, revokedAt: null },
    data: endOf(key),
  });
  if (count === 0) throw new AppError("conflict", "The platform key has changed meanwhile.");
  await appendEvent(tx, {
    type: "platform_key.rotated",
    resource: { type: "platform_key", id: key.id },
  });
}

async function markCopyRotated(
  tx: ScopedTransaction,
  key: Succession,
  grant: Grant,
): Promise<void> {
  await tx.apiKey.updateMany({ where: { id: key.id }, data: endOf(key) });
  await appendEvent(tx, {
    type: "platform_key.rotated",
    resource: { type: "platform_key", id: key.id },
    actor: actorOf(grant),
  });
}

async function endKeys(
  tx: ScopedTransaction,
  cell: number,
  now: number,
  actor?: ReturnType<typeof actorOf>,
): Promise<void> {
  const live = await tx.apiKey.findMany({
    where: liveKeys(cell, now),
    select: { id: true },
    orderBy: { createdAt: "desc" },
  });
  const [newest] = live;
  if (!newest) return;
  await tx.apiKey.updateMany({
    where: { id: { in: live.map(({ id }) => id) } },
    data: { revokedAt: new Date(now) },
  });
  await appendEvent(tx, {
    type: "platform_key.disabled",
    resource: { type: "platform_key", id: newest.id },
    ...(actor ? { actor } : {}),
  });
}

/** The id of the key in effect. Throws `conflict` when none is. */
async function currentKey(grant: Grant<"platform_key:rotate">, now: number): Promise<string> {
  const row = await read(grant, (db) =>
    db.apiKey.findFirst({
      where: { ...liveKeys(grant.cell, now), rotatedTo: null },
      select: { id: true },
    }),
  );
  if (row) return row.id;
  throw new AppError("conflict", `The platform key is switched off. ${WAY_BACK}`);
}

function otherCells<C extends { readonly code: number }>(cells: readonly C[], { cell }: Grant) {
  return cells.filter(({ code }) => code !== cell);
}

/** The grant is of the first cell; what follows from it elsewhere is a copy of what happens there. */
function inCell<T>(
  cell: number,
  requestId: string,
  fn: (tx: ScopedTransaction) => Promise<T>,
): Promise<T> {
  return admitIdentity(platformTenantId(cell), fn, requestId);
}

function actorOf({ principalId, principalKind, authentication }: Grant) {
  return { id: principalId, kind: principalKind, authentication };
}
