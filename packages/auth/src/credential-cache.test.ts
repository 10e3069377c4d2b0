import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CredentialCache } from "./credential-cache.ts";

describe("the cache of verified credentials", () => {
  it("gives an entry until its end, and not from there on", () => {
    const cache = new CredentialCache<{ expiresAt: number; name: string }>(10);
    cache.set("key", { expiresAt: 100, name: "ada" });
    expect(cache.get("key", 99)).toEqual({ expiresAt: 100, name: "ada" });
    expect(cache.get("key", 100)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it("does not give it to a twin that differs anywhere", () => {
    const cache = new CredentialCache(10);
    cache.set("aic_tenant_id_secret", { expiresAt: 100 });
    for (const twin of ["aic_tenant_id_secreT", "aic_tenant_id_secret ", "aic_tenant_id_", ""]) {
      expect(cache.get(twin, 0)).toBeUndefined();
    }
  });

  it("forgets what is deleted, and replaces what is set again", () => {
    const cache = new CredentialCache(10);
    cache.set("key", { expiresAt: 100 });
    cache.set("key", { expiresAt: 200 });
    expect([cache.size, cache.get("key", 150)?.expiresAt]).toEqual([1, 200]);
    cache.delete("key");
    expect(cache.get("key", 0)).toBeUndefined();
  });

  it("drops the least recently used one first", () => {
    const cache = new CredentialCache(2);
    cache.set("one", { expiresAt: 100 });
    cache.set("two", { expiresAt: 100 });
    cache.get("one", 0);
    cache.set("three", { expiresAt: 100 });
    expect(["one", "two", "three"].map((key) => cache.get(key, 0) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("never grows beyond its bound", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.string({ maxLength: 2 }))), (steps) => {
        const cache = new CredentialCache(3);
        for (const [add, key] of steps) {
          if (add) cache.set(key, { expiresAt: 1 });
          else cache.get(key, 0);
          expect(cache.size).toBeLessThanOrEqual(3);
        }
      }),
    );
    expect(() => new CredentialCache(0)).toThrow(RangeError);
  });

  it("keeps no credential in it: neither keys nor values hold the text", () => {
    const cache = new CredentialCache(3);
    cache.set("planted-secret", { expiresAt: 1 });
    expect(JSON.stringify(cache)).not.toContain("planted-secret");
  });
});
