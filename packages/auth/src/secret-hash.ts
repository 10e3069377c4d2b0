import { timingSafeEqual } from "node:crypto";

/** A keyed hash under a key that only the caller holds: HMAC-SHA-256 by the keyring. */
export type Hmac = (bytes: Uint8Array) => Uint8Array;

/** Keeps these hashes apart from whatever else the same key may ever hash. */
const DOMAIN = "aic-sos/secret/v1\0";

/**
 * How a secret is stored. A keyed hash is enough and bcrypt would only be slow: the secrets have 256 random bits, and
 * whoever steals the table does not have the key.
 */
export function hashSecret(hmac: Hmac, secret: string): Uint8Array {
  return hmac(Buffer.from(DOMAIN + secret, "utf8"));
}

/** True when the secret is the one that was stored. Takes the same time wherever the two differ. */
export function matches(hmac: Hmac, secret: string, stored: Uint8Array): boolean {
  const presented = hashSecret(hmac, secret);
  return presented.length === stored.length && timingSafeEqual(presented, stored);
}
