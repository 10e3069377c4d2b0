import { randomBytes } from "node:crypto";
import { createDataKey, type DataKey } from "./data-key.ts";
import type { DataKeyStore, StoredDataKey } from "./data-key-store.ts";
import { KeyringError } from "./errors.ts";
import { createExpiringCache } from "./expiring-cache.ts";
import type { KeyEncryption } from "./key-encryption.ts";
import { encodeContext, type SealContext } from "./seal-context.ts";
import { keyIdOf, openBytes, sealBytes } from "./sealed-format.ts";

/** A wiped key would break requests that just got it, so wiping waits this long. Milliseconds. */
const GRACE_MS = 60_000;

/** One data key of a tenant, for use now: do not keep it longer than a request. */
export interface TenantKey {
  /** Id of the data key. Store it beside an HMAC that must still be checked after a rotation. */
  readonly id: string;
  /**
   * Seals bytes for the place that `context` names. Throws `wrong_context` for another tenant's
   * context, `key_forgotten` when the key was wiped since.
   */
  seal(plaintext: Uint8Array, context: SealContext): Uint8Array;
  /** HMAC-SHA-256 (32 bytes) under a key of its own per label, derived by HKDF. */
  hmac(label: string, bytes: Uint8Array): Uint8Array;
}

/** Envelope encryption for all tenants of one database. */
export interface Keyring {
  /** The tenant's active key; its first one is made and stored when there is none. */
  forTenant(tenantId: string): Promise<TenantKey>;
  /** A certain key, to check an HMAC made under it. Rejects with `key_destroyed`. */
  byId(tenantId: string, keyId: string): Promise<TenantKey>;
  /**
   * Opens a sealed value under whichever key of the tenant sealed it. Rejects with `not_sealed`,
   * `unsupported_version`, `wrong_context` or `key_destroyed`.
   */
  open(tenantId: string, sealed: Uint8Array, context: SealContext): Promise<Uint8Array>;
  /** Wipes the tenant's keys from this process's memory, at once. */
  forget(tenantId: string): void;
}

export interface KeyringOptions {
  readonly keyEncryption: KeyEncryption;
  readonly store: DataKeyStore;
  /** Id for a new data key; it has to be a UUID. */
  readonly makeId: (tenantId: string) => string;
  readonly now?: () => number;
  /** How long an unwrapped key is handed out again, in milliseconds; 5 minutes by default. */
  readonly cacheMs?: number;
  /** How many unwrapped keys are kept at most; 10,000 by default. */
  readonly maxCached?: number;
}

/** Builds the keyring of one database. It starts no work of its own and needs no closing. */
export function createKeyring(options: KeyringOptions): Keyring {
  const { keyEncryption, store, makeId } = options;
  const limits = {
    now: options.now ?? Date.now,
    ttlMs: options.cacheMs ?? 5 * 60_000,
    graceMs: GRACE_MS,
    max: options.maxCached ?? 10_000,
  };
  const keys = createExpiringCache<DataKey>({ ...limits, dispose: (key) => key.wipe() });
  const activeIds = createExpiringCache<string>({ ...limits, dispose: () => undefined });

  const loadActiveId = async (tenantId: string): Promise<string> => {
    const stored = (await store.active(tenantId)) ?? (await insertFirst(tenantId));
    return stored.id;
  };

  const insertFirst = async (tenantId: string): Promise<StoredDataKey> => {
    const id = makeId(tenantId);
    const key = randomBytes(32);
    try {
      const wrapped = await keyEncryption.wrap(key, wrapContext(tenantId, id));
      return await store.insert(tenantId, { id, kekId: keyEncryption.id, wrapped });
    } finally {
      key.fill(0);
    }
  };

  // Read again also when the caller just saw the row: a destroyed key then lives at most cacheMs.
  const loadKey = async (tenantId: string, id: string): Promise<DataKey> => {
    const stored = await store.byId(tenantId, id);
    if (stored === undefined) {
      throw new KeyringError("key_destroyed", `Data key ${id} has been destroyed.`);
    }
    return createDataKey(id, await keyEncryption.unwrap(stored.wrapped, wrapContext(tenantId, id)));
  };

  const keyOf = (tenantId: string, id: string): Promise<DataKey> =>
    keys.get(tenantId, id, () => loadKey(tenantId, id));

  return {
    forTenant: async (tenantId) => {
      const id = await activeIds.get(tenantId, "active", () => loadActiveId(tenantId));
      return tenantKey(tenantId, id, await keyOf(tenantId, id));
    },
    byId: async (tenantId, id) => tenantKey(tenantId, id, await keyOf(tenantId, id)),
    open: async (tenantId, sealed, context) => {
      const bound = boundFor(tenantId, context);
      const key = await keyOf(tenantId, keyIdOf(sealed));
      return openBytes(key.use(), sealed, bound);
    },
    forget: (tenantId) => {
      activeIds.forget(tenantId);
      keys.forget(tenantId);
    },
  };
}

function tenantKey(tenantId: string, id: string, key: DataKey): TenantKey {
  return {
    id,
    seal: (plaintext, context) => sealBytes(key.use(), plaintext, boundFor(tenantId, context)),
    hmac: (label, bytes) => key.hmac(label, bytes),
  };
}

function boundFor(tenantId: string, context: SealContext): Uint8Array {
  if (context.tenantId !== tenantId) {
    throw new KeyringError("wrong_context", "The context names another tenant than the key's.");
  }
  return encodeContext(context);
}

/** The id comes last and is a UUID, so the text can be read in one way only. */
function wrapContext(tenantId: string, id: string): string {
  return `data-key:${tenantId}:${id}`;
}
