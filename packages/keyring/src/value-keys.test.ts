import { hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deriveValueKeys } from "./value-keys.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");

describe("key derivation", () => {
  it("stands on an HKDF that gives RFC 5869's answers (A.1 and A.2)", () => {
    const range = (from: number, count: number): Buffer =>
      Buffer.from(Array.from({ length: count }, (_, i) => from + i));
    const a1 = hkdfSync("sha256", Buffer.alloc(22, 0x0b), range(0, 13), range(0xf0, 10), 42);
    expect(Buffer.from(a1)).toEqual(
      hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
    );
    const a2 = hkdfSync("sha256", range(0, 80), range(0x60, 80), range(0xb0, 80), 82);
    expect(Buffer.from(a2)).toEqual(
      hex(
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
      ),
    );
  });

  it("gives other keys for another key, salt or bound part", () => {
    const seen = new Set<string>();
    for (const key of [1, 2]) {
      for (const salt of [1, 2]) {
        for (const bound of [1, 2]) {
          const keys = deriveValueKeys(Buffer.alloc(32, key), Buffer.alloc(32, salt), [
            Buffer.alloc(8, bound),
          ]);
          seen.add(keys.encryption.toString("hex")).add(keys.commitment.toString("hex"));
        }
      }
    }
    expect(seen.size).toBe(16);
  });
});
