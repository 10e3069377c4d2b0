import { expect, it } from "vitest";
import type { StoredDataKey } from "./data-key-store.ts";
import { keyedHash, matchesKeyedHash } from "./keyed-hash.ts";
import { createKeyring } from "./keyring.ts";

const tenant = "01234567-89ab-8001-8000-000000000001";

function memoryKeyring() {
  const rows = new Map<string, StoredDataKey>();
  const keyring = createKeyring({
    keyEncryption: {
      id: "test",
      wrap: async (key) => Uint8Array.from(key),
      unwrap: async (key) => Uint8Array.from(key),
    },
    store: {
      active: async () => [...rows.values()].at(-1),
      byId: async (_tenant, id) => rows.get(id),
      insert: async (_tenant, row) => {
        rows.set(row.id, row);
        return row;
      },
    },
    makeId: () => `01234567-89ab-8001-8000-${String(rows.size).padStart(12, "0")}`,
  });
  return { keyring, rows };
}

it("matches the secret it was made of and no other", async () => {
  const { keyring } = memoryKeyring();
  const stored = await keyedHash(keyring, tenant, "api_key", "secret");
  expect(stored).toHaveLength(48);
  expect(await matchesKeyedHash(keyring, tenant, "api_key", "secret", stored)).toBe(true);
  expect(await matchesKeyedHash(keyring, tenant, "api_key", "secreT", stored)).toBe(false);
  expect(await matchesKeyedHash(keyring, tenant, "session", "secret", stored)).toBe(false);
  expect(await matchesKeyedHash(keyring, tenant, "api_key", "secret", stored.subarray(1))).toBe(
    false,
  );
});

it("matches nothing once the tenant's key is destroyed", async () => {
  const { keyring, rows } = memoryKeyring();
  const stored = await keyedHash(keyring, tenant, "api_key", "secret");
  rows.clear();
  keyring.forget(tenant);
  expect(await matchesKeyedHash(keyring, tenant, "api_key", "secret", stored)).toBe(false);
});
