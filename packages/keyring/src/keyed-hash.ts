import { timingSafeEqual } from "node:crypto";
import { KeyringError } from "./errors.ts";
import type { Keyring } from "./keyring.ts";

const KEY_ID_BYTES = 16;
const HASH_BYTES = 32;

/**
 * HMAC of a secret under the tenant's active key, behind the key's id (16 + 32 bytes), so that it can be checked
 * after a rotation. For secrets of 256 random bits; it is no password hash.
 */
export async function keyedHash(
  keyring: Keyring,
  tenantId: string,
  label: string,
  secret: string,
): Promise<Buffer> {
  const key = await keyring.forTenant(tenantId);
  return Buffer.concat([
    Buffer.from(key.id.replaceAll("-", ""), "hex"),
    key.hmac(label, Buffer.from(secret, "utf8")),
  ]);
}

/** Compares in constant time. False also when the key has been destroyed. */
export async function matchesKeyedHash(
  keyring: Keyring,
  tenantId: string,
  label: string,
  secret: string,
  stored: Uint8Array,
): Promise<boolean> {
  if (stored.length !== KEY_ID_BYTES + HASH_BYTES) return false;
  const hex = Buffer.from(stored.subarray(0, KEY_ID_BYTES)).toString("hex");
  const keyId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  try {
    const key = await keyring.byId(tenantId, keyId);
    return timingSafeEqual(
      key.hmac(label, Buffer.from(secret, "utf8")),
      stored.subarray(KEY_ID_BYTES),
    );
  } catch (error) {
    if (error instanceof KeyringError && error.code === "key_destroyed") return false;
    throw error;
  }
}
