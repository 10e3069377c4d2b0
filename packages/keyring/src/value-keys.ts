import { createHash, hkdfSync } from "node:crypto";

/** What protects one sealed value, and no other. */
export interface ValueKeys {
  /** AES-256-GCM key, 32 bytes. */
  readonly encryption: Buffer;
  /** Its nonce, 12 bytes; may be derived because the key is used once. */
  readonly nonce: Buffer;
  /** 32 bytes that name key and bound data without telling anything about them. */
  readonly commitment: Buffer;
}

const ENCRYPTION_LABEL = "aic-sos/sealed/v1/encryption";
const COMMITMENT_LABEL = "aic-sos/sealed/v1/commitment";

/**
 * Derives the keys of one value by HKDF-SHA-256 (RFC 5869) from a 32-byte key, the value's own
 * random salt, and everything that is bound to it.
 *
 * The commitment comes from the same input under a label of its own. AES-GCM alone does not commit
 * to its key (a ciphertext can be made that opens under two keys, "invisible salamanders",
 * Dodis et al. 2018); a 256-bit hash of key, salt and bound data does.
 */
export function deriveValueKeys(
  key: Uint8Array,
  salt: Uint8Array,
  bound: readonly Uint8Array[],
): ValueKeys {
  // Hashed first, because OpenSSL takes at most 1024 bytes of info.
  const digest = createHash("sha256");
  for (const part of bound) digest.update(part);
  const boundDigest = digest.digest();
  const expand = (label: string, bytes: number): Buffer =>
    Buffer.from(
      hkdfSync("sha256", key, salt, Buffer.concat([Buffer.from(label), boundDigest]), bytes),
    );

  const block = expand(ENCRYPTION_LABEL, 44);
  return {
    encryption: block.subarray(0, 32),
    nonce: block.subarray(32, 44),
    commitment: expand(COMMITMENT_LABEL, 32),
  };
}
