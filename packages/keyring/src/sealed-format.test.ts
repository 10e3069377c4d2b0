import { createDecipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeContext, type SealContext } from "./seal-context.ts";
import { keyIdOf, openBytes, SEALED_OVERHEAD, sealBytes } from "./sealed-format.ts";
import { forgeUnderTwoKeys } from "./two-key-forgery.test-support.ts";
import { deriveValueKeys } from "./value-keys.ts";

const key = { id: "0199f3a0-1c00-8001-9abc-0123456789ab", bytes: randomBytes(32) };
const context: SealContext = {
  tenantId: "0199f3a0-0000-8001-8000-000000000001",
  purpose: "provider_key",
  recordId: "0199f3a0-0000-8001-8000-000000000002",
  field: "secret",
};
const bound = encodeContext(context);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe("a sealed value", () => {
  it("opens to the bytes that were sealed, whatever they and the context are", () => {
    const word = fc.string({ unit: "binary", minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), word, word, (plaintext, recordId, field) => {
        const place = encodeContext({ ...context, recordId, field });
        const sealed = sealBytes(key, plaintext, place);
        expect(sealed.length).toBe(plaintext.length + SEALED_OVERHEAD);
        expect(Buffer.compare(openBytes(key, sealed, place), plaintext)).toBe(0);
      }),
    );
  });

  it("names the key that sealed it", () => {
    expect(keyIdOf(sealBytes(key, Buffer.from("x"), bound))).toBe(key.id);
  });

  it("does not open when any single bit is another", () => {
    const sealed = sealBytes(key, Buffer.from("sk-live"), bound);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openBytes(key, changed, bound), `bit ${bit}`).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/^(not_sealed|unsupported_version|wrong_context)$/),
        }),
      );
    }
  });

  it("does not open when it is cut short or has something appended", () => {
    const sealed = sealBytes(key, Buffer.from("sk-live"), bound);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openBytes(key, sealed.subarray(0, length), bound)).toThrow();
    }
    expect(() => openBytes(key, Buffer.concat([sealed, Buffer.alloc(1)]), bound)).toThrow(
      expect.objectContaining({ code: "wrong_context" }),
    );
  });

  it.each<[string, Partial<SealContext>]>([
    ["tenant", { tenantId: "0199f3a0-0000-8001-8000-000000000009" }],
    ["row", { recordId: "0199f3a0-0000-8001-8000-000000000009" }],
    ["column", { field: "previous_secret" }],
    ["purpose", { purpose: "client_secret" }],
  ])("does not open in another %s", (_, change) => {
    const sealed = sealBytes(key, Buffer.from("sk-live"), bound);
    expect(() => openBytes(key, sealed, encodeContext({ ...context, ...change }))).toThrow(
      expect.objectContaining({ code: "wrong_context" }),
    );
  });

  it("does not open under another key of the same id", () => {
    const sealed = sealBytes(key, Buffer.from("sk-live"), bound);
    expect(() => openBytes({ id: key.id, bytes: randomBytes(32) }, sealed, bound)).toThrow(
      expect.objectContaining({ code: "wrong_context" }),
    );
  });

  it("never looks like another seal of the same text", () => {
    const seals = Array.from({ length: 200 }, () => sealBytes(key, Buffer.from("same"), bound));
    const bodies = seals.map((sealed) => Buffer.from(sealed.subarray(84)).toString("hex"));
    expect(new Set(bodies).size).toBe(200);
  });

  it("keeps its format: a value sealed by version 1 opens for ever", () => {
    // Also computed from the README by an implementation in another language.
    const old = { id: "00112233-4455-8677-8899-aabbccddeeff", bytes: Buffer.alloc(32, 7) };
    const sealed = sealBytes(old, Buffer.from("hello"), bound, Buffer.alloc(32, 9));
    expect(Buffer.from(sealed).toString("hex")).toBe(
      "a1c5010100112233445586778899aabbccddeeff09090909090909090909090909090909090909090909090909090909090909091a712788e90fef5886635a31ace98c3191a48b94edda871dbf2000e20f0b0881994092eaeddafb77d60ca18af05a3def00b274d1f7",
    );
    expect(text(openBytes(old, sealed, bound))).toBe("hello");
  });

  it("says apart what is not sealed and what is of a version it does not know", () => {
    const sealed = Buffer.from(sealBytes(key, Buffer.from("x"), bound));
    expect(() => openBytes(key, Buffer.from("plain text".repeat(20)), bound)).toThrow(
      expect.objectContaining({ code: "not_sealed" }),
    );
    sealed[2] = 2;
    expect(() => openBytes(key, sealed, bound)).toThrow(
      expect.objectContaining({ code: "unsupported_version" }),
    );
  });

  it("never quotes key or plaintext in an error", () => {
    const sealed = sealBytes(key, Buffer.from("sk-live"), bound);
    const other = encodeContext({ ...context, field: "x" });
    const error = thrownBy(() => openBytes(key, sealed, other));
    const said = JSON.stringify([String(error), error]);
    expect(said).toContain("wrong_context");
    expect(said).not.toContain("sk-live");
    expect(said).not.toContain(key.bytes.toString("hex"));
  });
});

describe("the commitment", () => {
  it("refuses a ciphertext that AES-GCM would open under two keys", () => {
    const mine = { id: key.id, bytes: randomBytes(32) };
    const theirs = { id: key.id, bytes: randomBytes(32) };
    const sealed = Buffer.from(sealBytes(mine, Buffer.alloc(16), bound));
    const [start, salt] = [sealed.subarray(0, 20), sealed.subarray(20, 52)];
    const keys = [mine, theirs].map(({ bytes }) => deriveValueKeys(bytes, salt, [start, bound]));
    const [first, second] = keys;
    if (first === undefined || second === undefined) throw new Error("two keys");
    const header = sealed.subarray(0, 84);
    const aad = Buffer.concat([header, bound]);
    const forged = forgeUnderTwoKeys(first, second, aad);

    // AES-GCM alone takes the same bytes under both keys.
    for (const { encryption, nonce } of [first, second]) {
      const decipher = createDecipheriv("aes-256-gcm", encryption, nonce);
      decipher.setAAD(aad).setAuthTag(forged.subarray(16));
      decipher.update(forged.subarray(0, 16));
      expect(() => decipher.final()).not.toThrow();
    }
    // The sealed value opens under the key it commits to, and under no other.
    const whole = Buffer.concat([header, forged]);
    expect(openBytes(mine, whole, bound)).toHaveLength(16);
    expect(() => openBytes(theirs, whole, bound)).toThrow(
      expect.objectContaining({ code: "wrong_context" }),
    );
  });
});
