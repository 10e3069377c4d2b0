import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import type { FetchOptions } from "./bounded-fetch.ts";
import { LoginError } from "./login-error.ts";

type BoundedFetch = (url: string, options: FetchOptions) => Promise<Response>;

/** By the provider that `discoverProvider` made. */
const keysByProvider = new WeakMap<object, JWTVerifyGetKey>();

/**
 * Keeps where a provider publishes its keys. They are fetched when they are first needed, and again (at most every
 * 30 s) when a token names one that is not among them.
 */
export function rememberKeys(provider: object, jwksUri: string, fetch: BoundedFetch): void {
  const keys = createRemoteJWKSet(new URL(jwksUri), {
    [customFetch]: (url, { headers, method, signal }) =>
      fetch(url, { headers: Object.fromEntries(headers), method, signal }),
  });
  keysByProvider.set(provider, keys);
}

/** The keys of a discovered provider. */
export function keysOf(provider: object): JWTVerifyGetKey {
  const keys = keysByProvider.get(provider);
  if (keys === undefined) throw new LoginError("provider_invalid", "the provider has no keys");
  return keys;
}
