import { hash } from "node:crypto";
import { BoundedLru } from "./bounded-lru.ts";

/** What a verified credential stands for. */
export interface Cached {
  /** Unix milliseconds: from here on the entry is as good as absent. */
  readonly expiresAt: number;
}

/**
 * Verified credentials, least recently used dropped first. The key is the SHA-256 of the *whole* text, so neither the
 * secret nor a forged twin of the same id finds an entry. Only what was verified is put in: caching failures would let
 * a flood of wrong keys push the right ones out.
 *
 * An entry is a shortcut, not a right: the caller keeps the principal's epoch in it and compares it at each use.
 */
export class CredentialCache<V extends Cached> {
  readonly #entries: BoundedLru<V>;

  /** @param maxEntries how many credentials are kept at most */
  constructor(maxEntries: number) {
    this.#entries = new BoundedLru(maxEntries);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** @param now Unix milliseconds */
  get(credential: string, now: number): V | undefined {
    const key = keyOf(credential);
    const value = this.#entries.get(key);
    if (value === undefined || value.expiresAt > now) return value;
    this.#entries.delete(key);
    return undefined;
  }

  set(credential: string, value: V): void {
    this.#entries.set(keyOf(credential), value);
  }

  delete(credential: string): void {
    this.#entries.delete(keyOf(credential));
  }
}

function keyOf(credential: string): string {
  return hash("sha256", credential, "base64");
}
