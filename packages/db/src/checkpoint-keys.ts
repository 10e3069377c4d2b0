import { platformTenantId } from "@aic-sos/contract/ids";
import { cellByCode } from "./cells.ts";
import { tenantScope } from "./scope.ts";

/** A key that signs checkpoints, as it is stored in the cell's tenant `platform`. */
export interface StoredCheckpointKey {
  readonly id: string;
  readonly generation: number;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
  readonly privateKeySealed: Uint8Array;
}

const COLUMNS = `id, generation, public_key as "publicKey", private_key_sealed as "privateKeySealed"`;

/** Where a cell keeps its checkpoint keys. They are never changed and never deleted: old checkpoints stay verifiable. */
export const checkpointKeyStore = {
  /** All of them, the one that signs first. */
  async list(cell: number): Promise<readonly StoredCheckpointKey[]> {
    const tenantId = platformTenantId(cell);
    const { rows } = await cellByCode(cell).app.run<StoredCheckpointKey>(
      tenantScope(tenantId, true),
      {
        name: "checkpoint_key_list",
        text: `select ${COLUMNS} from checkpoint_keys where tenant_id = $1 order by generation desc`,
        values: [tenantId],
      },
    );
    return rows;
  },

  /** Stores a key, unless another replica has stored one of that generation. */
  async insert(cell: number, key: StoredCheckpointKey): Promise<void> {
    const tenantId = platformTenantId(cell);
    await cellByCode(cell).app.run(tenantScope(tenantId, false), {
      name: "checkpoint_key_insert",
      text: `insert into checkpoint_keys (tenant_id, id, generation, public_key, private_key_sealed)
        values ($1, $2, $3, $4, $5) on conflict do nothing`,
      values: [
        tenantId,
        key.id,
        key.generation,
        Buffer.from(key.publicKey),
        Buffer.from(key.privateKeySealed),
      ],
    });
  },
};
