import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type VerifierKey, verifierKey } from "@aic-sos/audit/signed-note";
import { platformTenantId } from "@aic-sos/contract/ids";
import { checkpointKeyStore, type StoredCheckpointKey } from "@aic-sos/db/checkpoint-keys";
import type { CheckpointKeys } from "@aic-sos/db/checkpoints";
import { newId } from "@aic-sos/db/ids";
import type { Keyring } from "@aic-sos/keyring/keyring";

/** How long another replica's new key may go unnoticed, in milliseconds. */
const KEEP_MS = 5 * 60_000;

/** The checkpoint keys of each cell. One key pair serves all logs of a cell: each log's name is part of the key's id. */
export interface CheckpointKeyring {
  /** To sign with; the cell's first key is made when there is none. */
  forCell(cell: number): Promise<CheckpointKeys>;
  /** As `forCell`, from the database: for whoever meets a key that is not among those. */
  readAgain(cell: number): Promise<CheckpointKeys>;
  /**
   * A further key, which signs from now on: here at once, in every other replica when it meets its first checkpoint, or after
   * five minutes. Checkpoints of the former ones stay valid.
   */
  rotate(cell: number, id: string): Promise<void>;
  /** The keys of a log as the database has them now, those of old checkpoints included. */
  publicKeys(cell: number, origin: string): Promise<readonly VerifierKey[]>;
}

/** Ed25519 (RFC 8032), sealed under the key of the cell's tenant `platform`. */
export function createCheckpointKeyring(
  keyringOf: (cell: number) => Keyring,
  now: () => number,
): CheckpointKeyring {
  const known = new Map<number, { keys: Promise<CheckpointKeys>; until: number }>();
  const forCell = (cell: number): Promise<CheckpointKeys> => {
    const kept = known.get(cell);
    if (kept && kept.until > now()) return kept.keys;
    const keys = loadKeys(cell, keyringOf(cell));
    known.set(cell, { keys, until: now() + KEEP_MS });
    keys.catch(() => known.delete(cell));
    return keys;
  };
  const readAgain = (cell: number): Promise<CheckpointKeys> => {
    known.delete(cell);
    return forCell(cell);
  };
  return {
    forCell,
    readAgain,
    rotate: async (cell, id) => {
      const [newest] = await storedKeys(cell, keyringOf(cell));
      const generation = (newest?.generation ?? 0) + 1;
      const key = await makeKey(cell, keyringOf(cell), { id, generation });
      await checkpointKeyStore.insert(cell, key);
      known.delete(cell);
    },
    // Not those in memory: who asks may hold a checkpoint of a key that another replica has begun to use.
    publicKeys: async (cell, origin) => {
      const stored = await checkpointKeyStore.list(cell);
      if (stored.length === 0) return (await forCell(cell)).trusted(origin);
      return stored.map(({ publicKey }) => verifierKey(origin, publicKey));
    },
  };
}

async function storedKeys(cell: number, keyring: Keyring): Promise<readonly StoredCheckpointKey[]> {
  const stored = await checkpointKeyStore.list(cell);
  if (stored.length > 0) return stored;
  const first = { id: newId(cell), generation: 1 };
  await checkpointKeyStore.insert(cell, await makeKey(cell, keyring, first));
  // Another replica's, if that was first.
  return checkpointKeyStore.list(cell);
}

async function loadKeys(cell: number, keyring: Keyring): Promise<CheckpointKeys> {
  const stored = await storedKeys(cell, keyring);
  const [newest] = stored;
  if (newest === undefined) throw new TypeError(`cell ${cell} has no checkpoint key`);
  const privateKey = await openKey(cell, newest, keyring);
  return {
    id: newest.id,
    signer: (name) => ({
      name,
      publicKey: newest.publicKey,
      sign: (bytes) => sign(null, bytes, privateKey),
    }),
    trusted: (name) => stored.map(({ publicKey }) => verifierKey(name, publicKey)),
  };
}

async function makeKey(
  cell: number,
  keyring: Keyring,
  { id, generation }: { readonly id: string; readonly generation: number },
): Promise<StoredCheckpointKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const tenantKey = await keyring.forTenant(platformTenantId(cell));
  const secret = privateKey.export({ format: "der", type: "pkcs8" });
  const privateKeySealed = tenantKey.seal(secret, sealContext(cell, id));
  secret.fill(0);
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  return { id, generation, publicKey: raw, privateKeySealed };
}

async function openKey(
  cell: number,
  { id, privateKeySealed }: StoredCheckpointKey,
  keyring: Keyring,
): Promise<KeyObject> {
  const context = sealContext(cell, id);
  const secret = Buffer.from(await keyring.open(context.tenantId, privateKeySealed, context));
  const key = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
  secret.fill(0);
  return key;
}

function sealContext(cell: number, recordId: string) {
  return {
    tenantId: platformTenantId(cell),
    purpose: "signing_key",
    recordId,
    field: "checkpoint_private_key",
  } as const;
}
