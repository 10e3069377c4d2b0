import { findCookie, hostCookie } from "./cookie.ts";
import { formatSessionCookie, parseSessionCookie, type SessionCredential } from "./credential.ts";

export const SESSION_COOKIE = "__Host-aic_session";

export type FoundSession =
  | { readonly kind: "none" }
  | { readonly kind: "malformed" }
  | { readonly kind: "session"; readonly credential: SessionCredential; readonly text: string };

/**
 * The `Set-Cookie` value that starts a session in the browser.
 * @param maxAge seconds until the session's absolute end
 * @throws TypeError when a part does not have its form
 */
export function buildSessionCookie(
  session: { tenantId: string; id: string; secret: string },
  maxAge: number,
): string {
  return hostCookie(SESSION_COOKIE, formatSessionCookie(session), maxAge);
}

/** The `Set-Cookie` value that ends it there. */
export function clearSessionCookie(): string {
  return hostCookie(SESSION_COOKIE, "", 0);
}

/**
 * Finds the session in a `Cookie` header. `malformed`: sent twice or not in form. `text` is the cookie's value, the key
 * for the cache of verified credentials.
 */
export function readSessionCookie(header: string | undefined): FoundSession {
  const found = findCookie(header, SESSION_COOKIE);
  if (found.kind === "none") return { kind: "none" };
  const credential = found.kind === "value" ? parseSessionCookie(found.value) : undefined;
  if (found.kind !== "value" || credential === undefined) return { kind: "malformed" };
  return { kind: "session", credential, text: found.value };
}
