import {
  ClaimNames,
  type CreateIdentityProvider,
  type Discovery,
  type IdentityProvider,
  MAX_IDENTITY_PROVIDERS,
  type SavedIdentityProvider,
  type UpdateIdentityProvider,
} from "@aic-sos/contract/identity-providers";
import { appendEvent } from "@aic-sos/db/append-event";
import { newId } from "@aic-sos/db/ids";
import { assertCurrent, read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { applyGroupRules } from "../../group-bindings.ts";
import { lockOwnProviders } from "../../own-providers.ts";
import { limitRows } from "../../limit-rows.ts";
import { beforeId, iso, rowsFor, toPage } from "../../page.ts";
import { changedFields } from "./changed-fields.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const SHAPE = {
  id: true,
  name: true,
  issuer: true,
  clientId: true,
  clientSecretSealed: true,
  scopes: true,
  claimNames: true,
  state: true,
  createdAt: true,
  emailDomains: { select: { domain: true }, orderBy: { domain: "asc" } },
} as const;

export const identityProviderStore = {
  /** Before the server goes where somebody sends it: they may not do that any more. */
  assertCurrent(grant: Grant<"identity_provider:create">): Promise<void> {
    return assertCurrent(grant);
  },

  async list(
    grant: Grant<"identity_provider:read">,
    page: { limit: number; cursor?: string | undefined },
  ) {
    const rows = await read(grant, (db) =>
      db.identityProvider.findMany({
        where: beforeId(page.cursor),
        select: SHAPE,
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toProvider, (row) => row.id);
  },

  /** What a test or an edit begins with: the secret still sealed. Throws `not_found`. */
  async find(grant: Grant<"identity_provider:test" | "identity_provider:update">, id: string) {
    const row = await read(grant, (db) =>
      db.identityProvider.findFirst({ where: { id }, select: SHAPE }),
    );
    if (!row) throw notFound();
    return row;
  },

  async create(
    grant: Grant<"identity_provider:create">,
    input: CreateIdentityProvider & { readonly id: string },
    { sealed, discovery }: { readonly sealed: Bytes | null; readonly discovery: Discovery },
  ): Promise<SavedIdentityProvider> {
    const { id, name, issuer, clientId, scopes, claimNames, emailDomains } = input;
    return write(grant, async (tx) => {
      await lockOwnProviders(tx);
      await limitRows(tx, { what: "identity providers", most: MAX_IDENTITY_PROVIDERS }, (take) =>
        tx.identityProvider.count({ take }),
      );
      await tx.identityProvider.create({
        data: { id, name, issuer, clientId, scopes, claimNames, clientSecretSealed: sealed },
      });
      await giveDomains(tx, id, emailDomains);
      await appendEvent(tx, { type: "identity_provider.created", resource: resourceOf(id) });
      await reapply(tx, grant, [issuer]);
      return { identityProvider: await readBack(tx, id), discovery };
    });
  },

  /**
   * A provider that is switched off, or that becomes another one, takes along what its groups gave; the last one gives
   * the deployment's provider its place back. Throws `conflict` where it is not `from` that issuer any more: what was read
   * before, and the secret that was kept, are another provider's.
   */
  async update(
    grant: Grant<"identity_provider:update">,
    input: UpdateIdentityProvider,
    {
      from,
      secret,
      digest,
      discovery,
    }: {
      readonly from: string;
      readonly secret: { readonly sealed: Bytes | null } | undefined;
      readonly digest: (value: string) => string;
      readonly discovery: Discovery;
    },
  ): Promise<SavedIdentityProvider> {
    const { identityProviderId: id, emailDomains, clientSecret: _, ...changes } = input;
    return write(grant, async (tx) => {
      await lockOwnProviders(tx);
      const before = await tx.identityProvider.findFirst({ where: { id }, select: SHAPE });
      if (!before) throw notFound();
      if (before.issuer !== from) throw movedMeanwhile();
      await tx.identityProvider.update({
        where: { id },
        data: {
          ...defined(changes),
          ...(secret === undefined ? {} : { clientSecretSealed: secret.sealed }),
        },
      });
      if (emailDomains !== undefined) await giveDomains(tx, id, emailDomains);
      const after = await readBack(tx, id);
      // First, for it is the receipt: what follows from it are roles that come and go.
      await appendEvent(tx, {
        type: "identity_provider.updated",
        resource: resourceOf(id),
        changes: changedFields(toProvider(before), after, { digest, secret: secret !== undefined }),
      });
      const another = changes.issuer !== undefined && changes.issuer !== before.issuer;
      if (another) await forgetGroups(tx, before.issuer);
      if (another || (changes.state !== undefined && changes.state !== before.state)) {
        await reapply(tx, grant, [before.issuer, changes.issuer ?? before.issuer]);
      }
      return { identityProvider: after, discovery };
    });
  },

  async noteTest(grant: Grant<"identity_provider:test">, id: string, discovery: Discovery) {
    return write(grant, async (tx) => {
      await appendEvent(tx, { type: "identity_provider.tested", resource: resourceOf(id) });
      return { id, discovery };
    });
  },

  /** Its rules go with it, and so do the roles that they gave and the groups that it named. */
  async remove(grant: Grant<"identity_provider:remove">, id: string): Promise<{ id: string }> {
    return write(grant, async (tx) => {
      await lockOwnProviders(tx);
      // Locks it first, as every login by it does: who comes in meanwhile waits, and then finds it gone.
      await tx.identityProvider.updateMany({
        where: { id, state: "active" },
        data: { state: "active" },
      });
      const row = await tx.identityProvider.findFirst({ where: { id }, select: { issuer: true } });
      if (!row) throw notFound();
      await giveDomains(tx, id, []);
      await forgetGroups(tx, row.issuer);
      await appendEvent(tx, { type: "identity_provider.removed", resource: resourceOf(id) });
      // While its rules are there: a role that went with them would go without a word.
      await reapply(tx, grant, [row.issuer]);
      await tx.groupRule.deleteMany({ where: { identityProviderId: id } });
      await tx.identityProvider.delete({ where: { id } });
      await reapply(tx, grant, [row.issuer]);
      return { id };
    });
  },
};

function movedMeanwhile(): AppError {
  return new AppError(
    "conflict",
    "Somebody has pointed the provider at another issuer meanwhile; look at it, and change it again.",
  );
}

function resourceOf(id: string) {
  return { type: "identity_provider", id };
}

/** What an issuer said counts no more once none of the tenant's providers is it: no later rule finds it either. */
async function forgetGroups(tx: ScopedTransaction, issuer: string): Promise<void> {
  await tx.identity.updateMany({ where: { issuer }, data: { groups: [] } });
}

/** Exactly these domains are spoken for by the provider. Throws `invalid_input` for one that nobody claimed here. */
async function giveDomains(
  tx: ScopedTransaction,
  id: string,
  domains: readonly string[],
): Promise<void> {
  const wanted = [...new Set(domains)];
  const known = await tx.emailDomain.findMany({
    where: { domain: { in: wanted } },
    select: { domain: true },
  });
  const missing = wanted.find((domain) => !known.some((each) => each.domain === domain));
  if (missing !== undefined) {
    throw invalidField("emailDomains", `has ${missing}, which is not among the tenant's domains`);
  }
  await tx.emailDomain.updateMany({
    where: { identityProviderId: id, domain: { notIn: wanted } },
    data: { identityProviderId: null },
  });
  await tx.emailDomain.updateMany({
    where: { domain: { in: wanted } },
    data: { identityProviderId: id },
  });
}

/**
 * Applies the rules again to everybody who comes by these issuers, or by none of the tenant's own: by the deployment's,
 * which counts as long as the tenant has none. Throws `conflict` rather than leave the tenant without administrator.
 */
async function reapply(
  tx: ScopedTransaction,
  grant: Grant,
  issuers: readonly string[],
): Promise<void> {
  const own = await tx.identityProvider.findMany({ select: { issuer: true } });
  const others = own.map(({ issuer }) => issuer).filter((issuer) => !issuers.includes(issuer));
  const identities = await tx.identity.findMany({
    where: { issuer: { notIn: others } },
    select: { userId: true },
  });
  const userIds = [...new Set(identities.map(({ userId }) => userId))];
  const { kept } = await applyGroupRules(tx, userIds, () => newId(grant));
  if (kept === 0) return;
  throw new AppError(
    "conflict",
    "The last administrators of the tenant have their role by groups that would count no more; give it to somebody by hand first.",
  );
}

async function readBack(tx: ScopedTransaction, id: string): Promise<IdentityProvider> {
  const row = await tx.identityProvider.findFirst({ where: { id }, select: SHAPE });
  if (!row) throw notFound();
  return toProvider(row);
}

/** What was left out stays as it is. */
function defined<T extends object>(changes: T) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretSealed: Uint8Array | null;
  readonly scopes: string;
  readonly claimNames: unknown;
  readonly state: string;
  readonly createdAt: Date;
  readonly emailDomains: readonly { readonly domain: string }[];
}

function toProvider({ clientSecretSealed, ...row }: Row): IdentityProvider {
  return {
    ...row,
    confidential: clientSecretSealed !== null,
    claimNames: ClaimNames.parse(row.claimNames),
    emailDomains: row.emailDomains.map(({ domain }) => domain),
    state: row.state === "active" ? "active" : "disabled",
    createdAt: iso(row.createdAt),
  };
}
