import { platformTenantId } from "@aic-sos/contract/ids";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";

/** A key as it is stored in the cell's tenant `platform`. Times in Unix milliseconds. */
export interface StoredSigningKey {
  readonly id: string;
  readonly generation: number;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
  /** Null once it no longer signs. */
  readonly privateKeySealed: Uint8Array | null;
  readonly activatesAt: number;
  readonly retiresAt: number | null;
  readonly expiresAt: number | null;
}

interface NewSigningKey {
  readonly id: string;
  readonly generation: number;
  readonly publicKey: Uint8Array;
  readonly privateKeySealed: Uint8Array;
  readonly activatesAt: number;
}

/** Old ones are evidence of what was when; nothing needs more than the newest. */
const MOST_KEYS = 50;

const ROTATION = {
  id: "system:rotate-signing-keys",
  kind: "system",
  authentication: "none",
} as const;

export const signingKeyStore = {
  /** The newest first. */
  async list(cell: number): Promise<readonly StoredSigningKey[]> {
    const rows = await admitIdentity(platformTenantId(cell), (tx) =>
      tx.signingKey.findMany({
        select: {
          id: true,
          generation: true,
          publicKey: true,
          privateKeySealed: true,
          activatesAt: true,
          retiresAt: true,
          expiresAt: true,
        },
        orderBy: { generation: "desc" },
        take: MOST_KEYS,
      }),
    );
    return rows.map((row) => ({
      ...row,
      activatesAt: row.activatesAt.getTime(),
      retiresAt: row.retiresAt?.getTime() ?? null,
      expiresAt: row.expiresAt?.getTime() ?? null,
    }));
  },

  /** Stores a key, unless another replica has stored one of that generation. */
  async insert(cell: number, key: NewSigningKey): Promise<void> {
    await admitIdentity(platformTenantId(cell), async (tx) => {
      const { count } = await tx.signingKey.createMany({
        data: [
          {
            ...key,
            publicKey: new Uint8Array(key.publicKey),
            privateKeySealed: new Uint8Array(key.privateKeySealed),
            activatesAt: new Date(key.activatesAt),
          },
        ],
        skipDuplicates: true,
      });
      if (count === 0) return;
      const resource = { type: "signing_key", id: key.id };
      await appendEvent(tx, { type: "signing_key.created", resource, actor: ROTATION });
    });
  },

  /** Destroys the private half, unless another replica was first. */
  async retire(
    cell: number,
    id: string,
    ends: { readonly retiresAt: number; readonly expiresAt: number },
  ): Promise<void> {
    await admitIdentity(platformTenantId(cell), async (tx) => {
      const { count } = await tx.signingKey.updateMany({
        where: { id, retiresAt: null },
        data: {
          privateKeySealed: null,
          retiresAt: new Date(ends.retiresAt),
          expiresAt: new Date(ends.expiresAt),
        },
      });
      if (count === 0) return;
      const resource = { type: "signing_key", id };
      await appendEvent(tx, { type: "signing_key.retired", resource, actor: ROTATION });
    });
  },
};
