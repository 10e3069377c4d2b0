/**
 * The short-lived login cookie: the state of one login as a JWE (RFC 7516, `dir`, `A256GCM`), so that the browser can
 * carry it but neither read nor change it.
 */
import { CompactEncrypt, compactDecrypt } from "jose";
import { isCompact } from "./compact-form.ts";
import { findCookie, type FoundCookie, hostCookie } from "./cookie.ts";
import { LoginError } from "./login-error.ts";
import { LOGIN_SECONDS, type LoginState, requireFresh } from "./login-state.ts";

export const LOGIN_COOKIE = "__Host-aic_login";

/** The form of what is inside; another one (an older version's) is unreadable, and the person starts again. */
const TYPE = "aic-login-1";
/** Browsers drop cookies over 4096 bytes in silence. */
const LONGEST = 3900;

/**
 * Encrypts the state of a login.
 * @param key 32 bytes, for this purpose only
 * @throws RangeError when the key has another length, or the state is too long for a cookie
 */
export async function sealLoginState(key: Uint8Array, login: LoginState): Promise<string> {
  requireKey(key);
  const value = await new CompactEncrypt(Buffer.from(JSON.stringify(login), "utf8"))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: TYPE })
    .encrypt(key);
  if (value.length > LONGEST)
    throw new RangeError("the state of the login is too long for a cookie");
  return value;
}

/**
 * Reads the login cookie.
 * @param found what `readLoginCookie` found in the request
 * @param now Unix milliseconds
 * @throws LoginError `state_mismatch` when it is absent, sent twice, changed, or under another key; `expired`
 */
export async function openLoginState(
  key: Uint8Array,
  found: FoundCookie,
  now: number,
): Promise<LoginState> {
  requireKey(key);
  if (found.kind === "none") throw new LoginError("state_mismatch", "no login cookie was sent");
  if (found.kind === "ambiguous")
    throw new LoginError("state_mismatch", "two login cookies were sent");
  const login = await decrypt(key, found.value);
  if (login === undefined)
    throw new LoginError("state_mismatch", "the login cookie cannot be read");
  requireFresh(login, now);
  return login;
}

/** Finds the login cookie in a `Cookie` header, for `openLoginState`. */
export function readLoginCookie(header: string | undefined): FoundCookie {
  return findCookie(header, LOGIN_COOKIE);
}

/** The `Set-Cookie` value that carries a sealed login state. */
export function buildLoginCookie(sealed: string): string {
  return hostCookie(LOGIN_COOKIE, sealed, LOGIN_SECONDS);
}

/** The `Set-Cookie` value that removes it: at the end of every login, whatever came of it. */
export function clearLoginCookie(): string {
  return hostCookie(LOGIN_COOKIE, "", 0);
}

function requireKey(key: Uint8Array): void {
  if (key.length !== 32) throw new RangeError("the key of the login cookie has 32 bytes");
}

async function decrypt(key: Uint8Array, value: string): Promise<LoginState | undefined> {
  if (value.length > LONGEST || !isCompact(value, 5)) return undefined;
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(value, key, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    if (protectedHeader.typ !== TYPE) return undefined;
    const login: unknown = JSON.parse(Buffer.from(plaintext).toString("utf8"));
    return isLoginState(login) ? login : undefined;
  } catch {
    // Every failure of decryption means the same: not written by us, for this.
    return undefined;
  }
}

/** Only we can have written it; this guards against an older or newer version of ourselves. */
function isLoginState(value: unknown): value is LoginState {
  if (typeof value !== "object" || value === null) return false;
  const login = value as Partial<Record<keyof LoginState, unknown>>;
  const { state, nonce, codeVerifier, issuer, redirectUri, tenantId, returnTo } = login;
  const texts = [state, nonce, codeVerifier, issuer, redirectUri, tenantId, returnTo];
  const optional = [login.providerId, login.invitation];
  return (
    texts.every((text) => typeof text === "string" && text !== "") &&
    optional.every((text) => text === null || typeof text === "string") &&
    Number.isSafeInteger(login.createdAt)
  );
}
