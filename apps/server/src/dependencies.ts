import type { AuditEvent } from "@aic-sos/audit/event";
import { CredentialCache } from "@aic-sos/auth/credential-cache";
import { ProviderCache } from "@aic-sos/auth/provider-cache";
import { openCells } from "@aic-sos/db/cells";
import { dataKeyStore } from "@aic-sos/db/data-keys";
import { newId } from "@aic-sos/db/ids";
import { recordDecision } from "@aic-sos/db/inbox";
import { openKeyfile } from "@aic-sos/keyring/keyfile";
import { createKeyring, type Keyring } from "@aic-sos/keyring/keyring";
import { type AccessTokens, createAccessTokens } from "./access-tokens.ts";
import { type Authenticator, type CachedPrincipal, createAuthenticator } from "./authenticator.ts";
import { type CheckpointKeyring, createCheckpointKeyring } from "./checkpoint-keys.ts";
import { type Config, configuredCells } from "./config.ts";
import { createCredentialUses, type CredentialUses } from "./credential-uses.ts";
import type { Log } from "./log.ts";
import { createSigningKeyring, type SigningKeyring } from "./signing-keys.ts";
import { sessionLimits } from "./session-settings.ts";
import { createGuardedFetch, type GuardedFetch } from "./outbound/guarded-fetch.ts";
import { createDnsResolver, type DnsResolver } from "./outbound/resolver.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createUnauthenticatedCounter, type UnauthenticatedCounter } from "./unauthenticated.ts";

export interface ServedCell {
  readonly code: number;
  readonly region: string;
}

/** What is built once and handed to everything. */
export interface Dependencies {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly cells: readonly ServedCell[];
  readonly keyringOf: (cell: number) => Keyring;
  readonly checkpointKeys: CheckpointKeyring;
  /** The keys of access tokens. */
  readonly signingKeys: SigningKeyring;
  readonly accessTokens: AccessTokens;
  readonly authenticator: Authenticator;
  readonly credentialUses: CredentialUses;
  /** Discovered OpenID providers. */
  readonly providers: ProviderCache;
  readonly dns: DnsResolver;
  /** The only way out to an address that a user entered. */
  readonly guardedFetch: GuardedFetch;
  readonly unauthenticated: UnauthenticatedCounter;
  readonly recordEvent: (cell: number, event: AuditEvent) => Promise<void>;
  readonly now: () => number;
  readonly newId: (cell: number) => string;
  close(): Promise<void>;
}

/** Opens pools and keyrings. The databases have been migrated by then. */
export async function buildDependencies(config: Config, log: Log): Promise<Dependencies> {
  const configured = configuredCells(config);
  const opened = await openCells(configured);
  const cells: readonly ServedCell[] = configured.map(({ code, region }) => ({ code, region }));
  const [home] = cells;
  if (!home) throw new RangeError("the configuration names no cell");
  const keyrings = new Map<number, Keyring>();
  for (const cell of cells) {
    const keyfile = config.regions[cell.region]?.keyring.keyfile ?? "";
    const keyEncryption = await openKeyfile(keyfile);
    keyrings.set(
      cell.code,
      createKeyring({ keyEncryption, store: dataKeyStore, makeId: () => newId(cell.code) }),
    );
  }
  const keyringOf = (cell: number): Keyring => {
    const keyring = keyrings.get(cell);
    if (!keyring) throw new RangeError(`cell ${cell} is not served here`);
    return keyring;
  };
  const metrics = createMetrics();
  const dns = createDnsResolver(config.outbound.dnsServers);
  const cache = new CredentialCache<CachedPrincipal>(50_000);
  const warn = (error: unknown) => log.warn({ err: error }, "uses of credentials not noted");
  const { idleMs } = sessionLimits(config.sessions);
  const credentialUses = createCredentialUses({ now: Date.now, idleMs, warn });
  const signingKeys = createSigningKeyring({
    keyringOf,
    newId,
    now: Date.now,
    settings: config.tokens.signingKeys,
  });
  const issuer = config.publicUrl;
  const accessTokens = createAccessTokens({ issuer, signingKeys, newId, now: Date.now });
  const authenticator = createAuthenticator({
    cells,
    keyringOf,
    accessTokens,
    cache,
    now: Date.now,
    touch: (used) => credentialUses.note(used),
    certificateRefused: (fault, { tenantId, serviceName }) =>
      log.info({ fault, tenantId, serviceName }, "client certificate refused"),
  });
  const unauthenticated = createUnauthenticatedCounter({
    cell: home,
    newId,
    now: Date.now,
    recordEvent: recordDecision,
  });
  return {
    config,
    log,
    metrics,
    cells,
    keyringOf,
    checkpointKeys: createCheckpointKeyring(keyringOf, Date.now),
    signingKeys,
    accessTokens,
    authenticator,
    credentialUses,
    providers: new ProviderCache({ maxEntries: 1_000, lifetimeMs: 10 * 60_000 }),
    dns,
    guardedFetch: createGuardedFetch({ resolver: dns, allow: config.outbound.allow }),
    unauthenticated,
    recordEvent: recordDecision,
    now: Date.now,
    newId,
    close: async () => {
      await unauthenticated
        .flush()
        .catch((error: unknown) => log.error({ err: error }, "flush failed"));
      await credentialUses.flush().catch(warn);
      await opened.close();
      await metrics.close();
    },
  };
}
