import { createHmac, hkdfSync } from "node:crypto";
import { KeyringError } from "./errors.ts";
import type { SealingKey } from "./sealed-format.ts";

const LABEL = /^[a-z0-9][a-z0-9_.:/-]{0,63}$/;
/** Labels are constants of the code; should somebody pass ids, memory stays bounded. */
const MAX_KEPT_LABELS = 32;

/** An unwrapped data key that can be wiped. */
export interface DataKey {
  /** The key while it lives. Throws `key_forgotten` once wiped: never seals under zeros. */
  use(): SealingKey;
  /** HMAC-SHA-256 under a key of its own per label, 32 bytes. */
  hmac(label: string, bytes: Uint8Array): Uint8Array;
  /** Overwrites the key and all that was derived from it. */
  wipe(): void;
}

/** Takes over `bytes` (32 of them): nobody else may keep or change the buffer. */
export function createDataKey(id: string, bytes: Uint8Array): DataKey {
  if (bytes.length !== 32) {
    throw new KeyringError("unwrap_failed", `Data key ${id} has not 32 bytes.`);
  }
  const hmacKeys = new Map<string, Buffer>();
  let wiped = false;

  const use = (): SealingKey => {
    if (wiped) {
      throw new KeyringError(
        "key_forgotten",
        `Data key ${id} was wiped from memory. Ask the keyring for the tenant's key again.`,
      );
    }
    return { id, bytes };
  };

  return {
    use,
    hmac: (label, message) => {
      const key = use();
      let derived = hmacKeys.get(label);
      if (derived === undefined) {
        derived = deriveHmacKey(key.bytes, label);
        if (hmacKeys.size < MAX_KEPT_LABELS) hmacKeys.set(label, derived);
      }
      return createHmac("sha256", derived).update(message).digest();
    },
    wipe: () => {
      wiped = true;
      bytes.fill(0);
      for (const derived of hmacKeys.values()) derived.fill(0);
      hmacKeys.clear();
    },
  };
}

function deriveHmacKey(key: Uint8Array, label: string): Buffer {
  if (!LABEL.test(label)) {
    throw new KeyringError(
      "invalid_context",
      "An HMAC label has 1 to 64 characters of a-z, 0-9, and _ . : / - after the first.",
    );
  }
  return Buffer.from(hkdfSync("sha256", key, "", `aic-sos/hmac/v1/${label}`, 32));
}
