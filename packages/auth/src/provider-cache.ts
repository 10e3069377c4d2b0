import { hash } from "node:crypto";
import { BoundedLru } from "./bounded-lru.ts";
import { discoverProvider, type Provider, type ProviderSettings } from "./oidc.ts";

interface Entry {
  readonly provider: Promise<Provider>;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** Discovered providers, so that a login costs no discovery. Callers at the same time share one; failures are not kept. */
export class ProviderCache {
  readonly #entries: BoundedLru<Entry>;
  readonly #lifetimeMs: number;

  /**
   * @param options.maxEntries how many providers are kept at most
   * @param options.lifetimeMs milliseconds after which metadata is read again
   */
  constructor(options: { maxEntries: number; lifetimeMs: number }) {
    this.#entries = new BoundedLru(options.maxEntries);
    this.#lifetimeMs = options.lifetimeMs;
  }

  /** @param now Unix milliseconds @throws LoginError as `discoverProvider` */
  get(settings: ProviderSettings, now: number): Promise<Provider> {
    const key = keyOf(settings);
    const known = this.#entries.get(key);
    if (known !== undefined && known.expiresAt > now) return known.provider;
    const entry = { provider: discoverProvider(settings), expiresAt: now + this.#lifetimeMs };
    this.#entries.set(key, entry);
    entry.provider.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry.provider;
  }
}

/** Of all that matters, the secret too: a changed one must not meet the old entry. Hashed, so that no key is a secret. */
function keyOf(settings: ProviderSettings): string {
  const { issuer, clientId, clientSecret, clientAuthMethod, allowInsecure } = settings;
  const parts = [issuer, clientId, clientSecret, clientAuthMethod ?? null, allowInsecure];
  return hash("sha256", JSON.stringify(parts), "base64");
}
