import { makeId, platformTenantId } from "@aic-sos/contract/ids";
import { admitIdentity } from "@aic-sos/db/doors";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Keyring } from "@aic-sos/keyring/keyring";

/** The platform administrator of a cell: a fixed user of its `platform` tenant. */
function platformAdministratorId(cell: number): string {
  return makeId(cell, 0, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1));
}

/** The row that holds the platform key's hash in a cell. */
export function platformKeyId(cell: number): string {
  return makeId(cell, 0, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 2));
}

/** The id of the same thing in another cell: its time and its random bits, and that cell's code. */
export function idInCell(id: string, cell: number): string {
  return `${id.slice(0, 15)}${cell.toString(16).padStart(3, "0")}${id.slice(18)}`;
}

/**
 * Makes the cell accept the configured platform key and no other; without one, none is accepted. Runs at every start
 * and changes nothing where nothing has changed.
 */
export async function installPlatformKey(
  cell: number,
  secret: string | undefined,
  keyring: Keyring,
): Promise<void> {
  const tenantId = platformTenantId(cell);
  const userId = platformAdministratorId(cell);
  const id = platformKeyId(cell);
  const secretHash =
    secret === undefined ? undefined : await keyedHash(keyring, tenantId, "api_key", secret);
  await admitIdentity(tenantId, async (tx) => {
    const user = { id: userId, kind: "platform", displayName: "Platform administrator" };
    await tx.user.createMany({ data: [user], skipDuplicates: true });
    const kept = await tx.apiKey.findFirst({ where: { id } });
    if (secretHash === undefined) {
      if (kept) await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
      return;
    }
    if (kept && kept.revokedAt === null && Buffer.from(kept.secretHash).equals(secretHash)) return;
    const key = {
      name: "Platform key",
      prefix: "aic_platform",
      secretHash: new Uint8Array(secretHash),
      revokedAt: null,
    };
    if (kept) await tx.apiKey.update({ where: { id }, data: key });
    else await tx.apiKey.createMany({ data: [{ id, userId, ...key }], skipDuplicates: true });
  });
}
