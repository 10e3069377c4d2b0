import { createCipheriv } from "node:crypto";
import type { ValueKeys } from "./value-keys.ts";

/*
 * The attack that the commitment is there against: one ciphertext block with one tag that AES-GCM
 * accepts under two keys. GHASH is linear in the ciphertext, so the block is the solution of one
 * linear equation in GF(2^128) (Grubbs, Lu, Ristenpart, "Message Franking via Committing
 * Authenticated Encryption", 2017).
 */

/** Ciphertext (16 bytes) and tag (16 bytes) that open under both keys with this bound data. */
export function forgeUnderTwoKeys(a: ValueKeys, b: ValueKeys, aad: Uint8Array): Buffer {
  const [ga, gb] = [gcmParts(a, aad), gcmParts(b, aad)];
  const x = multiply(ga.constant ^ gb.constant, inverse(ga.factor ^ gb.factor));
  const tag = multiply(x, ga.factor) ^ ga.constant;
  return Buffer.concat([toBytes(x), toBytes(tag)]);
}

/** tag = block · factor + constant, for a ciphertext of one block. */
function gcmParts(keys: ValueKeys, aad: Uint8Array): { factor: bigint; constant: bigint } {
  const encrypt = (block: Buffer): bigint => {
    const cipher = createCipheriv("aes-256-ecb", keys.encryption, null).setAutoPadding(false);
    return toNumber(cipher.update(block));
  };
  const h = encrypt(Buffer.alloc(16));
  const mask = encrypt(Buffer.concat([keys.nonce, Buffer.from([0, 0, 0, 1])]));

  let hash = 0n;
  for (let at = 0; at < aad.length; at += 16) {
    const block = Buffer.alloc(16);
    block.set(aad.subarray(at, at + 16));
    hash = multiply(hash ^ toNumber(block), h);
  }
  const factor = multiply(h, h);
  const lengths = (BigInt(aad.length * 8) << 64n) | 128n;
  return { factor, constant: multiply(hash, factor) ^ multiply(lengths, h) ^ mask };
}

/** Multiplication in GF(2^128) as GCM defines it (NIST SP 800-38D, 6.3). */
function multiply(x: bigint, y: bigint): bigint {
  let product = 0n;
  let v = y;
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((x >> bit) & 1n) product ^= v;
    v = v & 1n ? (v >> 1n) ^ (0xe1n << 120n) : v >> 1n;
  }
  return product;
}

/** x^(2^128 - 2), which is 1/x. */
function inverse(x: bigint): bigint {
  let result = 1n << 127n;
  let power = x;
  for (let step = 1; step < 128; step += 1) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(32, "0"), "hex");
}
