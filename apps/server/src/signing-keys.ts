/**
 * The keys that sign access tokens: Ed25519, one line of generations per cell, sealed under the key of the cell's tenant
 * `platform`. A key is published before it signs and as long as a token that it signed is good, so that a rotation is
 * seen by nobody. When a key signs follows from its times alone; replicas need not agree about anything else.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { ACCESS_TOKEN_SECONDS } from "@aic-sos/auth/access-token";
import { platformTenantId } from "@aic-sos/contract/ids";
import type { Keyring } from "@aic-sos/keyring/keyring";
import { signingKeyStore, type StoredSigningKey } from "./signing-keys.store.ts";
import type { TokenSettings } from "./token-settings.ts";

/** How long the list of keys is kept, in milliseconds: far less than a key is published ahead. */
const KEEP_MS = 30_000;
/** A key that nobody knows is looked for again, but not oftener than this, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;
/** Replicas' clocks differ, and each may sign with a list that is `KEEP_MS` old. Milliseconds. */
const GRACE_MS = 2 * 60_000;
const HOUR_MS = 60 * 60_000;

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** A public key as RFC 7517 and RFC 8037 write it. */
export interface PublishedKey extends JsonWebKey {
  readonly kid: string;
}

export interface SigningKeyring {
  /** The key that signs now. */
  signer(cell: number): Promise<SigningKey>;
  /** A published key of the cell; undefined when it has none of that id. */
  publicKey(cell: number, keyId: string): Promise<KeyObject | undefined>;
  /** Every key of a cell that has signed a living token or is about to sign. */
  published(cell: number): Promise<readonly PublishedKey[]>;
  /** Makes the next key when it is due, and retires what no longer signs. Any replica may, also at once. */
  rotate(cell: number): Promise<void>;
}

interface Parts {
  readonly keyringOf: (cell: number) => Keyring;
  readonly newId: (cell: number) => string;
  readonly now: () => number;
  readonly settings: TokenSettings["signingKeys"];
}

interface Loaded {
  readonly keys: readonly (StoredSigningKey & { readonly publicObject: KeyObject })[];
  /** Opened private halves by id, as they are needed. */
  readonly opened: Map<string, Promise<KeyObject>>;
}

export function createSigningKeyring(parts: Parts): SigningKeyring {
  const { now } = parts;
  const known = new Map<number, { loaded: Promise<Loaded>; at: number }>();

  const load = (cell: number, keepMs: number): Promise<Loaded> => {
    const kept = known.get(cell);
    // From the future: the clock was set back. Else the list would be kept until that time comes again.
    const age = kept === undefined ? Number.NaN : now() - kept.at;
    if (kept && age >= 0 && age < keepMs) return kept.loaded;
    const loaded = loadKeys(cell);
    known.set(cell, { loaded, at: now() });
    loaded.catch(() => known.delete(cell));
    return loaded;
  };

  const rotate = async (cell: number): Promise<void> => {
    if (await rotateKeys(cell, parts)) known.delete(cell);
  };

  return {
    rotate,
    signer: async (cell) => {
      let signing = signingAt(await load(cell, KEEP_MS), now());
      if (!signing) {
        // Somebody took the last key away.
        await rotate(cell);
        signing = signingAt(await load(cell, 0), now());
      }
      if (!signing) throw new TypeError(`cell ${cell} has no key that signs`);
      const { opened } = await load(cell, KEEP_MS);
      const { id } = signing;
      const privateKey = opened.get(id) ?? openKey(cell, signing, parts.keyringOf(cell));
      opened.set(id, privateKey);
      privateKey.catch(() => opened.delete(id));
      return { keyId: id, privateKey: await privateKey };
    },
    publicKey: async (cell, keyId) => {
      const found = loadedKey(await load(cell, KEEP_MS), keyId, now());
      return found ?? loadedKey(await load(cell, LOOK_AGAIN_MS), keyId, now());
    },
    published: async (cell) => {
      const { keys } = await load(cell, KEEP_MS);
      return keys
        .filter((key) => !hasExpired(key, now()))
        .map(({ id, publicObject }) => ({
          ...publicObject.export({ format: "jwk" }),
          kid: id,
          use: "sig",
          alg: "EdDSA",
        }));
    },
  };
}

function loadedKey({ keys }: Loaded, keyId: string, now: number): KeyObject | undefined {
  return keys.find((key) => key.id === keyId && !hasExpired(key, now))?.publicObject;
}

async function loadKeys(cell: number): Promise<Loaded> {
  const stored = await signingKeyStore.list(cell);
  const keys = stored.map((key) => ({ ...key, publicObject: publicObjectOf(key.publicKey) }));
  return { keys, opened: new Map() };
}

/** The newest one whose time has come. Keys are in order of their generations, the newest first. */
function signingAt({ keys }: Loaded, now: number): StoredSigningKey | undefined {
  return keys.find((key) => key.retiresAt === null && key.activatesAt <= now);
}

function hasExpired({ expiresAt }: StoredSigningKey, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** @returns true when something has changed */
async function rotateKeys(cell: number, parts: Parts): Promise<boolean> {
  const now = parts.now();
  const keys = await signingKeyStore.list(cell);
  let changed = false;
  const activatesAt = dueAt(keys, parts.settings, now);
  if (activatesAt !== undefined) {
    const generation = (keys[0]?.generation ?? 0) + 1;
    await signingKeyStore.insert(cell, {
      ...(await makeKey(cell, parts)),
      generation,
      activatesAt,
    });
    changed = true;
  }
  for (const [index, key] of keys.entries()) {
    const successor = keys[index - 1];
    if (!successor || key.retiresAt !== null || successor.activatesAt + GRACE_MS > now) continue;
    await signingKeyStore.retire(cell, key.id, {
      retiresAt: now,
      expiresAt: now + ACCESS_TOKEN_SECONDS * 1000 + GRACE_MS,
    });
    changed = true;
  }
  return changed;
}

/** When the next key is to sign, if it is time to make it. Without one that signs, at once. */
function dueAt(
  keys: readonly StoredSigningKey[],
  settings: TokenSettings["signingKeys"],
  now: number,
): number | undefined {
  const [newest] = keys;
  const signing = keys.find((key) => key.retiresAt === null && key.activatesAt <= now);
  if (!newest || !signing) return now;
  const ahead = settings.publishAheadHours * HOUR_MS;
  const next = newest.activatesAt + settings.rotateEveryDays * 24 * HOUR_MS;
  return next - ahead <= now ? Math.max(next, now + ahead) : undefined;
}

async function makeKey(cell: number, { keyringOf, newId }: Parts) {
  const id = newId(cell);
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const tenantKey = await keyringOf(cell).forTenant(platformTenantId(cell));
  const secret = privateKey.export({ format: "der", type: "pkcs8" });
  const privateKeySealed = tenantKey.seal(secret, sealContext(cell, id));
  secret.fill(0);
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  return { id, publicKey: raw, privateKeySealed };
}

function publicObjectOf(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

async function openKey(
  cell: number,
  { id, privateKeySealed }: StoredSigningKey,
  keyring: Keyring,
): Promise<KeyObject> {
  if (privateKeySealed === null) throw new TypeError(`signing key ${id} is retired`);
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
    field: "private_key_sealed",
  } as const;
}
