import { cellOf } from "@aic-sos/contract/ids";
import { cellByCode } from "./cells.ts";
import { tenantScope } from "./scope.ts";

/** A tenant's wrapped data key. The shape is `keyring`'s StoredDataKey. */
export interface StoredDataKey {
  readonly id: string;
  readonly kekId: string;
  readonly wrapped: Uint8Array;
}

const COLUMNS = `id, kek_id as "kekId", wrapped`;

/** Where wrapped data keys live: `keyring`'s DataKeyStore over the table `data_keys`, in the tenant's own cell. */
export const dataKeyStore = {
  /** The key that seals from now on; undefined when the tenant has none yet. */
  async active(tenantId: string): Promise<StoredDataKey | undefined> {
    const { rows } = await poolOf(tenantId).run<StoredDataKey>(tenantScope(tenantId, true), {
      name: "data_key_active",
      text: `select ${COLUMNS} from data_keys where tenant_id = $1 and state = 'active'`,
      values: [tenantId],
    });
    return rows[0];
  },

  /** Any key of the tenant, active or not; undefined once it is destroyed. */
  async byId(tenantId: string, id: string): Promise<StoredDataKey | undefined> {
    const { rows } = await poolOf(tenantId).run<StoredDataKey>(tenantScope(tenantId, true), {
      name: "data_key_by_id",
      text: `select ${COLUMNS} from data_keys where tenant_id = $1 and id = $2 and wrapped is not null`,
      values: [tenantId, id],
    });
    return rows[0];
  },

  /** Stores the tenant's first key and returns the active one: another, if two callers raced. */
  async insert(tenantId: string, key: StoredDataKey): Promise<StoredDataKey> {
    await poolOf(tenantId).run(tenantScope(tenantId, false), {
      name: "data_key_insert",
      text: `insert into data_keys (tenant_id, id, kek_id, wrapped, state) values ($1, $2, $3, $4, 'active')
        on conflict do nothing`,
      values: [tenantId, key.id, key.kekId, Buffer.from(key.wrapped)],
    });
    const active = await dataKeyStore.active(tenantId);
    if (active === undefined) throw new TypeError(`tenant ${tenantId} has no active data key`);
    return active;
  },
};

function poolOf(tenantId: string) {
  return cellByCode(cellOf(tenantId)).app;
}
