import type { AuditEvent } from "@aic-sos/audit/event";
import { CredentialCache } from "@aic-sos/auth/credential-cache";
import { ProviderCache } from "@aic-sos/auth/provider-cache";
import { openCells } from "@aic-sos/db/cells";
import { dataKeyStore } from "@aic-sos/db/data-keys";
import { type FoundCredential, touchCredential } from "@aic-sos/db/doors";
import { newId } from "@aic-sos/db/ids";
import { recordDecision } from "@aic-sos/db/inbox";
import { openKeyfile } from "@aic-sos/keyring/keyfile";
import { createKeyring, type Keyring } from "@aic-sos/keyring/keyring";
import { type Authenticator, type CachedPrincipal, createAuthenticator } from "./authenticator.ts";
import { type Config, configuredCells } from "./config.ts";
import type { Log } from "./log.ts";
import { SESSION_IDLE_MS } from "./session-limits.ts";
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
  readonly authenticator: Authenticator;
  /** Discovered OpenID providers. */
  readonly providers: ProviderCache;
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
  const recordEvent = async (cell: number, event: AuditEvent): Promise<void> => {
    if (event.class === "security") metrics.securityEvent(event.type);
    await recordDecision(cell, event);
  };
  const cache = new CredentialCache<CachedPrincipal>(50_000);
  const touch = (found: FoundCredential) => {
    touchCredential(found, SESSION_IDLE_MS / 1000).catch((error: unknown) =>
      log.warn({ err: error }, "use of a credential not noted"),
    );
  };
  const authenticator = createAuthenticator({ cells, keyringOf, cache, now: Date.now, touch });
  const unauthenticated = createUnauthenticatedCounter({
    cell: home,
    newId,
    now: Date.now,
    recordEvent,
  });
  return {
    config,
    log,
    metrics,
    cells,
    keyringOf,
    authenticator,
    providers: new ProviderCache({ maxEntries: 1_000, lifetimeMs: 10 * 60_000 }),
    unauthenticated,
    recordEvent,
    now: Date.now,
    newId,
    close: async () => {
      await unauthenticated
        .flush()
        .catch((error: unknown) => log.error({ err: error }, "flush failed"));
      await opened.close();
      await metrics.close();
    },
  };
}
