import { createHash } from "node:crypto";
import { makeId, platformTenantId } from "@aic-sos/contract/ids";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Keyring } from "@aic-sos/keyring/keyring";

/** The platform administrator of a cell, whom the platform key lets in: a fixed user of its `platform` tenant. */
function platformAdministratorId(cell: number): string {
  return makeId(cell, 0, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1));
}

/**
 * The row of a platform key in a cell. The key has no id in its text, so the row's is made of the secret: 62 bits of its
 * SHA-256, which tell nothing of 256 random ones. So a key has one row for ever, and one that ended stays ended.
 */
export function platformKeyId(cell: number, secret: string): string {
  return makeId(cell, 0, createHash("sha256").update(secret).digest().subarray(0, 8));
}

/** The id of the same thing in another cell: its time and its random bits, and that cell's code. */
export function idInCell(id: string, cell: number): string {
  return `${id.slice(0, 15)}${cell.toString(16).padStart(3, "0")}${id.slice(18)}`;
}

/** A platform key's row, as one cell keeps it. */
export interface PlatformKeyRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: Uint8Array<ArrayBuffer>;
}

/** Makes the row of a platform key for one cell: the hash is under that cell's own key. */
export async function platformKeyRow(
  cell: number,
  secret: string,
  keyring: Keyring,
): Promise<PlatformKeyRow> {
  const hash = await keyedHash(keyring, platformTenantId(cell), "api_key", secret);
  return {
    id: platformKeyId(cell, secret),
    userId: platformAdministratorId(cell),
    name: "Platform key",
    prefix: "aic_platform",
    secretHash: new Uint8Array(hash),
  };
}

/** Which rows are of platform keys that nobody has ended: a rotated one is there to the end of its overlap. */
export function liveKeys(cell: number, now: number) {
  return {
    userId: platformAdministratorId(cell),
    revokedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }],
  };
}

interface Served {
  readonly cells: readonly { readonly code: number }[];
  readonly keyringOf: (cell: number) => Keyring;
  readonly now: () => number;
}

const START = { id: "system:start", kind: "system", authentication: "none" } as const;

/**
 * Lets the configured platform key in, at every start. A key that the deployment has not seen takes the place of all
 * others; one that it has seen stays as it is, be it rotated or ended. Without one, every key ends.
 *
 * The first served cell decides, and is asked at each use; the others keep a copy, without which the key does nothing
 * there.
 */
export async function installPlatformKey(
  served: Served,
  secret: string | undefined,
): Promise<void> {
  let inEffect = true;
  for (const [at, { code }] of served.cells.entries()) {
    const row =
      secret === undefined ? undefined : await platformKeyRow(code, secret, served.keyringOf(code));
    const works = await admitIdentity(platformTenantId(code), async (tx) => {
      const user = { id: platformAdministratorId(code), kind: "platform" };
      const named = { ...user, displayName: "Platform administrator" };
      await tx.user.createMany({ data: [named], skipDuplicates: true });
      if (row === undefined) return endAll(tx, code, served.now());
      return at === 0 ? decide(tx, code, row, served.now()) : inEffect && copy(tx, row);
    });
    if (at === 0) inEffect = works;
  }
}

/** Whether the key in the configuration is the one in effect. */
async function decide(
  tx: ScopedTransaction,
  cell: number,
  row: PlatformKeyRow,
  now: number,
): Promise<boolean> {
  const { id } = row;
  const known = await tx.apiKey.findFirst({
    where: { id },
    select: { revokedAt: true, rotatedTo: true },
  });
  if (known) return known.revokedAt === null && known.rotatedTo === null;
  const { count } = await tx.apiKey.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) return true;
  await tx.apiKey.updateMany({
    where: { ...liveKeys(cell, now), NOT: { id } },
    data: { revokedAt: new Date(now) },
  });
  const resource = { type: "platform_key", id };
  await appendEvent(tx, { type: "platform_key.installed", resource, actor: START });
  return true;
}

/** Mends the copy too that a rotation left behind which came no further. */
async function copy(tx: ScopedTransaction, row: PlatformKeyRow): Promise<boolean> {
  const known = await tx.apiKey.findFirst({
    where: { id: row.id },
    select: { revokedAt: true, rotatedTo: true },
  });
  if (!known) await tx.apiKey.createMany({ data: [row], skipDuplicates: true });
  else if (known.revokedAt !== null || known.rotatedTo !== null) {
    const data = { revokedAt: null, expiresAt: null, rotatedTo: null };
    await tx.apiKey.updateMany({ where: { id: row.id }, data });
  }
  return true;
}

async function endAll(tx: ScopedTransaction, cell: number, now: number): Promise<boolean> {
  const where = liveKeys(cell, now);
  const newest = await tx.apiKey.findFirst({
    where,
    select: { id: true },
    orderBy: { createdAt: "desc" },
  });
  if (!newest) return false;
  await tx.apiKey.updateMany({ where, data: { revokedAt: new Date(now) } });
  const resource = { type: "platform_key", id: newest.id };
  await appendEvent(tx, { type: "platform_key.disabled", resource, actor: START });
  return false;
}
