import type { CreateProviderKey, ProviderKey } from "@aic-sos/contract/provider-keys";
import { Provider } from "@aic-sos/contract/provider-keys";
import { appendEvent } from "@aic-sos/db/append-event";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { z } from "zod";
import { notFound } from "../../app-error.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import type { RequestContext } from "../../trpc/context.ts";

type Granted<G extends Grant> = RequestContext & { readonly grant: G };

const Health = z.enum(["unknown", "valid", "invalid", "unreachable"]);
export type Health = z.infer<typeof Health>;

/** The newest version that is alive: its last four characters are shown. */
const NEWEST = {
  providerKeyVersions: {
    where: { state: "active" },
    select: { version: true, lastFour: true },
    orderBy: { version: "desc" },
    take: 1,
  },
} as const;

/** A sealed secret with what it needs to be opened and used. */
export interface SealedProviderKey {
  readonly provider: Provider;
  readonly endpoint: string | null;
  readonly versionId: string;
  readonly sealed: Uint8Array;
}

/** Where a secret is bound to: it opens for this version's row only. */
export function sealContext(tenantId: string, versionId: string) {
  return { tenantId, purpose: "provider_key", recordId: versionId, field: "sealed" } as const;
}

export const providerKeyStore = {
  async create(
    { grant, deps }: Granted<Grant<"provider_key:create">>,
    input: z.output<typeof CreateProviderKey>,
    warnings: string[],
  ) {
    const id = newId(grant);
    const versionId = newId(grant);
    const tenantKey = await deps.keyringOf(grant.cell).forTenant(grant.tenantId);
    const sealed = new Uint8Array(
      tenantKey.seal(Buffer.from(input.key, "utf8"), sealContext(grant.tenantId, versionId)),
    );
    const lastFour = input.key.slice(-4);
    const createdBy = grant.principalId;
    return write(grant, async (tx) => {
      const row = await tx.providerKey.create({
        data: {
          id,
          provider: input.provider,
          name: input.name,
          endpoint: input.endpoint ?? null,
          createdBy,
        },
      });
      await tx.providerKeyVersion.create({
        data: { id: versionId, providerKeyId: id, version: 1, sealed, lastFour, createdBy },
      });
      await appendEvent(tx, {
        type: "provider_key.created",
        resource: { type: "provider_key", id },
      });
      return {
        providerKey: toProviderKey({ ...row, providerKeyVersions: [{ version: 1, lastFour }] }),
        warnings,
      };
    });
  },

  async list(
    grant: Grant<"provider_key:read">,
    page: { limit: number; cursor?: string | undefined },
  ) {
    const rows = await read(grant, (db) =>
      db.providerKey.findMany({
        where: beforeId(page.cursor),
        include: NEWEST,
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toProviderKey, (row) => row.id);
  },

  async readSealed(grant: Grant<"provider_key:validate">, id: string): Promise<SealedProviderKey> {
    const row = await read(grant, (db) =>
      db.providerKeyVersion.findFirst({
        where: { providerKeyId: id, state: "active" },
        select: {
          id: true,
          sealed: true,
          providerKey: { select: { provider: true, endpoint: true } },
        },
        orderBy: { version: "desc" },
      }),
    );
    if (!row?.sealed) throw notFound();
    const { provider, endpoint } = row.providerKey;
    return { provider: Provider.parse(provider), endpoint, versionId: row.id, sealed: row.sealed };
  },

  /** Keeps what the provider said of the key. */
  async recordHealth<T>(
    grant: Grant<"provider_key:validate">,
    id: string,
    health: Health,
    checkedAt: Date,
    answer: T,
  ): Promise<T> {
    return write(grant, async (tx) => {
      const { count } = await tx.providerKey.updateMany({
        where: { id },
        data: { health, checkedAt },
      });
      if (count === 0) throw notFound();
      await appendEvent(tx, {
        type: "provider_key.validated",
        resource: { type: "provider_key", id },
      });
      return answer;
    });
  },
};

function toProviderKey(row: {
  id: string;
  workspaceId: string;
  provider: string;
  name: string;
  endpoint: string | null;
  health: string;
  checkedAt: Date | null;
  createdAt: Date;
  createdBy: string;
  providerKeyVersions: { version: number; lastFour: string }[];
}): ProviderKey {
  const [newest] = row.providerKeyVersions;
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    provider: Provider.parse(row.provider),
    name: row.name,
    lastFour: newest?.lastFour ?? "",
    endpoint: row.endpoint,
    health: Health.parse(row.health),
    checkedAt: isoOrNull(row.checkedAt),
    version: newest?.version ?? 1,
    createdAt: iso(row.createdAt),
    createdBy: row.createdBy,
  };
}
