import { randomBytes } from "node:crypto";
import { toBase62 } from "./base62.ts";

/** 62^43 is just above 2^256. */
export const SECRET_LENGTH = 43;

/** A new secret: 256 random bits as 43 base-62 characters. For sessions, keys and invitations alike. */
export function newSecret(): string {
  return secretOf(randomBytes(32));
}

/** A secret of the same form from 32 bytes that are as good as random, such as an HMAC. */
export function secretOf(bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new RangeError("a secret is made of 32 bytes");
  return toBase62(BigInt(`0x${Buffer.from(bytes).toString("hex")}`), SECRET_LENGTH);
}
