import { crc32 } from "node:zlib";
import { toBase62 } from "./base62.ts";

export const CHECKSUM_LENGTH = 6;

/**
 * CRC-32 of a text, as six base-62 digits. It is no secret and protects nothing: it rejects typing errors with no
 * lookup. CRC-32 and not a truncated hash, because it finds *every* change within 32 consecutive bits: any one wrong
 * character and any two neighbours swapped.
 */
export function checksum(text: string): string {
  return toBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);
}
