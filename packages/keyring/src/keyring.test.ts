import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DataKeyStore, StoredDataKey } from "./data-key-store.ts";
import type { KeyEncryption } from "./key-encryption.ts";
import { createKeyring, type Keyring, type KeyringOptions } from "./keyring.ts";
import type { SealContext } from "./seal-context.ts";
import { openBytes, sealBytes } from "./sealed-format.ts";

const ACME = randomUUID();
const GLOBEX = randomUUID();
const place = (tenantId: string): SealContext => ({
  tenantId,
  purpose: "provider_key",
  recordId: "row",
  field: "secret",
});
const secret = Buffer.from("sk-live");

/** A key encryption in memory that counts, remembers the buffers it gave, and can be broken. */
class Encryption implements KeyEncryption {
  readonly id = randomUUID();
  readonly given: Uint8Array[] = [];
  broken = false;
  readonly #key = { id: this.id, bytes: randomBytes(32) };

  async wrap(key: Uint8Array, context: string): Promise<Uint8Array> {
    return sealBytes(this.#key, key, Buffer.from(context));
  }

  async unwrap(wrapped: Uint8Array, context: string): Promise<Uint8Array> {
    await Promise.resolve();
    if (this.broken) throw new Error("KMS is away");
    const key = openBytes(this.#key, wrapped, Buffer.from(context));
    this.given.push(key);
    return key;
  }
}

class Store implements DataKeyStore {
  readonly rows = new Map<string, StoredDataKey[]>();

  async active(tenantId: string): Promise<StoredDataKey | undefined> {
    return this.rows.get(tenantId)?.at(-1);
  }

  async byId(tenantId: string, id: string): Promise<StoredDataKey | undefined> {
    return this.rows.get(tenantId)?.find((row) => row.id === id);
  }

  async insert(tenantId: string, key: StoredDataKey): Promise<StoredDataKey> {
    const winner = this.rows.get(tenantId)?.at(-1) ?? key;
    this.rows.set(tenantId, [winner]);
    return winner;
  }
}

let keyEncryption: Encryption;
let store: Store;
const keyringWith = (options: Partial<KeyringOptions> = {}): Keyring =>
  createKeyring({ keyEncryption, store, makeId: () => randomUUID(), ...options });

beforeEach(() => {
  vi.useFakeTimers();
  keyEncryption = new Encryption();
  store = new Store();
});
afterEach(() => vi.useRealTimers());

describe("a tenant's secrets", () => {
  it("open again, also in another process", async () => {
    const sealed = (await keyringWith().forTenant(ACME)).seal(secret, place(ACME));
    expect(await keyringWith().open(ACME, sealed, place(ACME))).toEqual(secret);
  });

  it("do not open for another tenant, whichever way it is asked", async () => {
    const keyring = keyringWith();
    const acme = await keyring.forTenant(ACME);
    const globex = await keyring.forTenant(GLOBEX);
    const sealed = acme.seal(secret, place(ACME));
    await expect(keyring.open(GLOBEX, sealed, place(GLOBEX))).rejects.toMatchObject({
      code: "key_destroyed",
    });
    await expect(keyring.open(GLOBEX, sealed, place(ACME))).rejects.toMatchObject({
      code: "wrong_context",
    });
    expect(() => globex.seal(secret, place(ACME))).toThrow(
      expect.objectContaining({ code: "wrong_context" }),
    );
  });

  it("do not open when the key's row was copied to another tenant", async () => {
    const keyring = keyringWith();
    const acme = await keyring.forTenant(ACME);
    store.rows.set(GLOBEX, [...(store.rows.get(ACME) ?? [])]);
    await expect(keyring.byId(GLOBEX, acme.id)).rejects.toThrow();
  });

  it("still open after a new data key became active, which then seals", async () => {
    const keyring = keyringWith();
    const old = await keyring.forTenant(ACME);
    const sealed = old.seal(secret, place(ACME));
    const added = randomUUID();
    const wrapped = await keyEncryption.wrap(randomBytes(32), `data-key:${ACME}:${added}`);
    store.rows.get(ACME)?.push({ id: added, kekId: keyEncryption.id, wrapped });
    await vi.advanceTimersByTimeAsync(5 * 60_000);

    expect((await keyring.forTenant(ACME)).id).toBe(added);
    expect(await keyring.open(ACME, sealed, place(ACME))).toEqual(secret);
    expect((await keyring.byId(ACME, old.id)).hmac("api_key", secret)).toEqual(
      old.hmac("api_key", secret),
    );
  });

  it("are gone with their key", async () => {
    const keyring = keyringWith();
    const sealed = (await keyring.forTenant(ACME)).seal(secret, place(ACME));
    store.rows.set(ACME, []);
    keyring.forget(ACME);
    await expect(keyring.open(ACME, sealed, place(ACME))).rejects.toMatchObject({
      code: "key_destroyed",
    });
  });
});

describe("a tenant's HMACs", () => {
  it("are 32 bytes and differ by label, message and tenant", async () => {
    const keyring = keyringWith();
    const acme = await keyring.forTenant(ACME);
    const globex = await keyring.forTenant(GLOBEX);
    const macs = [
      acme.hmac("api_key", secret),
      acme.hmac("audit_change", secret),
      acme.hmac("api_key", Buffer.from("other")),
      globex.hmac("api_key", secret),
    ].map((mac) => Buffer.from(mac).toString("hex"));
    expect(new Set(macs).size).toBe(4);
    expect(macs[0]).toHaveLength(64);
    expect(acme.hmac("api_key", secret)).toEqual(acme.hmac("api_key", secret));
  });

  it.each(["", "Label", "a b", "x".repeat(65)])("refuse the label %j", async (label) => {
    const acme = await keyringWith().forTenant(ACME);
    expect(() => acme.hmac(label, secret)).toThrow(
      expect.objectContaining({ code: "invalid_context" }),
    );
  });
});

describe("a new tenant", () => {
  it("gets one key when 50 callers ask at once", async () => {
    const keyring = keyringWith();
    const keys = await Promise.all(Array.from({ length: 50 }, () => keyring.forTenant(ACME)));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(keyEncryption.given).toHaveLength(1);
  });

  it("gets one key when two processes race", async () => {
    const [one, two] = [keyringWith(), keyringWith()];
    const [a, b] = await Promise.all([one.forTenant(ACME), two.forTenant(ACME)]);
    expect(a.id).toBe(b.id);
    const sealed = a.seal(secret, place(ACME));
    expect(await two.open(ACME, sealed, place(ACME))).toEqual(secret);
  });
});

describe("an unwrapped key", () => {
  it("is shared for five minutes, then unwrapped again", async () => {
    const keyring = keyringWith();
    await keyring.forTenant(ACME);
    await vi.advanceTimersByTimeAsync(5 * 60_000 - 1);
    await keyring.forTenant(ACME);
    expect(keyEncryption.given).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await keyring.forTenant(ACME);
    expect(keyEncryption.given).toHaveLength(2);
  });

  it("is not handed out late when the timers were, as after a suspend", async () => {
    let now = 0;
    const keyring = keyringWith({ now: () => now });
    await keyring.forTenant(ACME);
    now = 5 * 60_000;
    await keyring.forTenant(ACME);
    expect(keyEncryption.given).toHaveLength(2);
  });

  it("is zeroed a minute after it left the cache, and then seals nothing", async () => {
    const key = await keyringWith().forTenant(ACME);
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 59_999);
    expect(key.seal(secret, place(ACME))).toBeDefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(keyEncryption.given[0]).toEqual(Buffer.alloc(32));
    expect(() => key.seal(secret, place(ACME))).toThrow(
      expect.objectContaining({ code: "key_forgotten" }),
    );
    expect(() => key.hmac("api_key", secret)).toThrow();
  });

  it("is zeroed at once when its tenant is forgotten, and no other tenant's is", async () => {
    const keyring = keyringWith();
    await keyring.forTenant(ACME);
    const globex = await keyring.forTenant(GLOBEX);
    keyring.forget(ACME);
    expect(keyEncryption.given[0]).toEqual(Buffer.alloc(32));
    expect(globex.seal(secret, place(GLOBEX))).toBeDefined();
  });

  it("is zeroed at once on forgetting also while it waits for its minute to pass", async () => {
    const keyring = keyringWith();
    await keyring.forTenant(ACME);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(keyEncryption.given[0]).not.toEqual(Buffer.alloc(32));
    keyring.forget(ACME);
    expect(keyEncryption.given[0]).toEqual(Buffer.alloc(32));
  });

  it("is read again when its tenant was forgotten during the unwrapping", async () => {
    const keyring = keyringWith();
    await keyring.forTenant(ACME);
    keyring.forget(ACME);
    const opening = keyring.forTenant(ACME);
    await Promise.resolve();
    keyring.forget(ACME);
    store.rows.set(ACME, []);
    const key = await opening;
    expect(store.rows.get(ACME)?.[0]?.id).toBe(key.id);
    expect(key.seal(secret, place(ACME))).toBeDefined();
  });

  it("makes room, the least recently used first", async () => {
    const keyring = keyringWith({ maxCached: 2 });
    const third = randomUUID();
    await keyring.forTenant(ACME);
    await keyring.forTenant(GLOBEX);
    await keyring.forTenant(ACME);
    await keyring.forTenant(third);
    await keyring.forTenant(ACME);
    expect(keyEncryption.given).toHaveLength(3);
    await keyring.forTenant(GLOBEX);
    expect(keyEncryption.given).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(keyEncryption.given[1]).toEqual(Buffer.alloc(32));
  });

  it("that failed to unwrap is tried again by the next caller", async () => {
    const keyring = keyringWith();
    keyEncryption.broken = true;
    await expect(keyring.forTenant(ACME)).rejects.toThrow("KMS is away");
    keyEncryption.broken = false;
    await expect(keyring.forTenant(ACME)).resolves.toBeDefined();
  });

  it("leaves no timer that would keep the process alive", async () => {
    vi.useRealTimers();
    const spy = vi.spyOn(globalThis, "setTimeout");
    await keyringWith().forTenant(ACME);
    const timers = spy.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect(timers.length).toBeGreaterThan(0);
    expect(timers.some((timer) => timer.hasRef())).toBe(false);
    spy.mockRestore();
  });
});
