import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from "node:crypto";
import { KeyringError } from "./errors.ts";
import { keyIdFromBytes, keyIdToBytes } from "./key-id.ts";
import { deriveValueKeys } from "./value-keys.ts";

/*
 * magic 2 | version 1 | algorithm 1 | key id 16 | salt 32 | commitment 32 | ciphertext n | tag 16
 * The README has the same as a table with reasons. A known-answer test keeps it so.
 */
const MAGIC = Buffer.from([0xa1, 0xc5]);
const VERSION = 1;
/** HKDF-SHA-256, AES-256-GCM, commitment by HKDF. */
const ALGORITHM = 1;
const KEY_ID_AT = 4;
const SALT_AT = 20;
const COMMITMENT_AT = 52;
const BODY_AT = 84;
const TAG_BYTES = 16;

/** What sealing adds to the length of the plaintext, in bytes. */
export const SEALED_OVERHEAD = BODY_AT + TAG_BYTES;

/** A 32-byte key together with the id that sealed values carry. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * Seals bytes under a key. `bound` is authenticated, not stored: it must be given again to open.
 * Two seals of the same text never look alike. Only the known-answer test gives a salt: one that
 * is used twice with the same key gives the text away.
 */
export function sealBytes(
  key: SealingKey,
  plaintext: Uint8Array,
  bound: Uint8Array,
  salt: Uint8Array = randomBytes(COMMITMENT_AT - SALT_AT),
): Uint8Array {
  const start = Buffer.concat([MAGIC, Buffer.from([VERSION, ALGORITHM]), keyIdToBytes(key.id)]);
  const keys = deriveValueKeys(key.bytes, salt, [start, bound]);
  const header = Buffer.concat([start, salt, keys.commitment]);
  const cipher = createCipheriv("aes-256-gcm", keys.encryption, keys.nonce);
  cipher.setAAD(Buffer.concat([header, bound]));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  keys.encryption.fill(0);
  return Buffer.concat([header, body, cipher.getAuthTag()]);
}

/**
 * Opens what {@link sealBytes} made. Throws `not_sealed`, `unsupported_version`, or
 * `wrong_context`: one code for a changed byte, another key and other bound data, as nobody
 * can tell them apart.
 */
export function openBytes(key: SealingKey, sealed: Uint8Array, bound: Uint8Array): Uint8Array {
  const bytes = checkedFormat(sealed);
  const header = bytes.subarray(0, BODY_AT);
  const keys = deriveValueKeys(key.bytes, bytes.subarray(SALT_AT, COMMITMENT_AT), [
    bytes.subarray(0, SALT_AT),
    bound,
  ]);
  try {
    if (!timingSafeEqual(keys.commitment, header.subarray(COMMITMENT_AT))) throw wrongContext();
    const decipher = createDecipheriv("aes-256-gcm", keys.encryption, keys.nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.concat([header, bound]));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    return decryptWhole(decipher, bytes.subarray(BODY_AT, bytes.length - TAG_BYTES));
  } finally {
    keys.encryption.fill(0);
  }
}

/** The id of the key that a value is sealed under. Throws as {@link openBytes} does. */
export function keyIdOf(sealed: Uint8Array): string {
  return keyIdFromBytes(checkedFormat(sealed).subarray(KEY_ID_AT, SALT_AT));
}

function decryptWhole(decipher: ReturnType<typeof createDecipheriv>, body: Uint8Array): Uint8Array {
  const plaintext = decipher.update(body);
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    throw wrongContext();
  } finally {
    plaintext.fill(0); // concat copied it; when the tag is wrong nobody may see it
  }
}

function checkedFormat(sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < SEALED_OVERHEAD || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new KeyringError("not_sealed", "These bytes are not a sealed value.");
  }
  if (bytes[2] !== VERSION || bytes[3] !== ALGORITHM) {
    throw new KeyringError(
      "unsupported_version",
      `Sealed in version ${bytes[2]} with algorithm ${bytes[3]}; known are version ${VERSION} and algorithm ${ALGORITHM}.`,
    );
  }
  return bytes;
}

function wrongContext(): KeyringError {
  return new KeyringError(
    "wrong_context",
    "The sealed value does not open here: it belongs to another place or key, or was changed.",
  );
}
