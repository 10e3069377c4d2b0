import { KeyringError } from "./errors.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for a UUID (RFC 9562, any version) in its canonical lower-case form. */
export function isKeyId(text: string): boolean {
  return UUID.test(text);
}

/** The 16 bytes of a key id. Throws `invalid_context` when it is no canonical UUID. */
export function keyIdToBytes(id: string): Buffer {
  if (!isKeyId(id)) {
    throw new KeyringError("invalid_context", "A key id must be a UUID in lower case.");
  }
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

/** The canonical text of 16 bytes. */
export function keyIdFromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
