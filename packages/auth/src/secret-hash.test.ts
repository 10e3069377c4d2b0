import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newSecret } from "./secret.ts";
import { hashSecret, matches } from "./secret-hash.ts";

const hmacOf = (key: string) => (bytes: Uint8Array) =>
  createHmac("sha256", key).update(bytes).digest();

describe("a stored secret", () => {
  const hmac = hmacOf("key");
  const secret = newSecret();
  const stored = hashSecret(hmac, secret);

  it("matches itself only", () => {
    expect(matches(hmac, secret, stored)).toBe(true);
    expect(matches(hmac, newSecret(), stored)).toBe(false);
    expect(matches(hmac, "", stored)).toBe(false);
  });

  it("is worth nothing without the key", () => {
    expect(matches(hmacOf("another"), secret, stored)).toBe(false);
    expect(Buffer.from(stored).toString("latin1")).not.toContain(secret);
  });

  it("does not match a hash of another length", () => {
    expect(matches(hmac, secret, stored.subarray(1))).toBe(false);
    expect(matches(hmac, secret, new Uint8Array())).toBe(false);
  });

  it("is hashed apart from everything else under the same key", () => {
    expect(stored).not.toEqual(hmac(Buffer.from(secret)));
  });
});
