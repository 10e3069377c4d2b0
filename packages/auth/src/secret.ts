import { randomBytes } from "node:crypto";
import { toBase62 } from "./base62.ts";

/** 62^43 is just above 2^256. */
export const SECRET_LENGTH = 43;

/** A new secret: 256 random bits as 43 base-62 characters. For sessions, keys and invitations alike. */
export function newSecret(): string {
  return toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), SECRET_LENGTH);
}
