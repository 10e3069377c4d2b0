import type { Credential } from "./credential.ts";

/** RFC 9110 §9.2.1. No such request may change anything. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** What comes in `Authorization`, which no page can make a browser send to another site. */
const IN_AUTHORIZATION: ReadonlySet<Credential["kind"] | undefined> = new Set([
  "api_key",
  "platform_key",
  "access_token",
] as const);

export interface RequestOrigin {
  readonly method: string;
  /** What authenticates the request; undefined when nothing does (a login form can be forged, too). */
  readonly credentialKind: Credential["kind"] | undefined;
  readonly secFetchSite: string | undefined;
  readonly origin: string | undefined;
  /** Our public address, from the configuration and never from the request: `https://aic.example`. */
  readonly ownOrigin: string;
}

/**
 * True when a request that changes something may have been sent by another site's page, so it must be refused.
 *
 * A key or token in `Authorization` is exempt. Else `Sec-Fetch-Site` decides, which pages cannot forge; a sibling
 * subdomain (`same-site`) is another site. Browsers leave it out only over plain http, and then they send `Origin` with
 * every POST; with neither header we refuse.
 *
 * A client certificate is shown by a browser without being asked, like a cookie; but it comes over TLS, where every
 * browser sends `Sec-Fetch-Site`, and with neither header from a program, which is whom it is for.
 */
export function isCrossSite(request: RequestOrigin): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  if (IN_AUTHORIZATION.has(request.credentialKind)) return false;
  if (request.secFetchSite !== undefined) {
    return request.secFetchSite !== "same-origin" && request.secFetchSite !== "none";
  }
  if (request.credentialKind === "client_certificate" && request.origin === undefined) return false;
  return request.origin !== request.ownOrigin;
}
