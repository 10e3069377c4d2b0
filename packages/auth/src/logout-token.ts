/**
 * OpenID Connect Back-Channel Logout 1.0: the provider says, from server to server, that somebody has signed out there.
 */
import { errors, type JWTPayload, type JWTVerifyResult, jwtVerify } from "jose";
import { ALGORITHMS } from "./check-provider.ts";
import { isCompact } from "./compact-form.ts";
import { LoginError, type LoginErrorCode } from "./login-error.ts";
import { CLOCK_TOLERANCE_SECONDS } from "./login-state.ts";
import type { Provider } from "./oidc.ts";
import { keysOf } from "./provider-keys.ts";

/** Whose sessions end. One of `subject` and `sid` is there; where both are, both must fit. */
export interface LogoutToken {
  readonly issuer: string;
  readonly subject: string | null;
  /** The provider's session. */
  readonly sid: string | null;
  /** Good for once: whoever acts on the token remembers it for `LOGOUT_TOKEN_SECONDS`. */
  readonly jti: string;
}

/** No logout token is older than this (§2.6 leaves it to us), so none has to be remembered for longer. */
const OLDEST_SECONDS = 600;
export const LOGOUT_TOKEN_SECONDS = OLDEST_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS;

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const LONGEST_TOKEN = 16_384;
/** What other kinds of token say in `typ`; the standard name is only recommended. */
const TYPES: ReadonlySet<string> = new Set(["", "jwt", "logout+jwt", "application/logout+jwt"]);

/**
 * Checks a logout token (§2.6): its form, the signature by a key of that provider, `iss`, `aud`, times, `events`, `jti`,
 * `sid` or `sub`, and that it is no ID token (`nonce`).
 * @param now Unix milliseconds
 * @throws LoginError `token_…`, `provider_…` when its keys cannot be had
 */
export async function verifyLogoutToken(
  provider: Provider,
  text: string,
  now: number,
): Promise<LogoutToken> {
  if (text.length > LONGEST_TOKEN || !isCompact(text, 3)) {
    throw new LoginError("token_malformed", "the logout token is not a compact JWS");
  }
  const { payload, protectedHeader } = await verified(provider, text, now);
  if (!TYPES.has((protectedHeader.typ ?? "").toLowerCase())) {
    throw new LoginError("token_malformed", "typ is that of another kind of token");
  }
  checkAge(payload, now);
  if (Array.isArray(payload.aud) && payload.aud.length > 1) {
    throw new LoginError("token_audience", "it was made for others, too");
  }
  if (payload["nonce"] !== undefined) {
    throw new LoginError("token_nonce", "a logout token has no nonce: this is an ID token");
  }
  if (!isObject(payload["events"]) || !isObject(payload["events"][EVENT])) {
    throw new LoginError("token_malformed", "events does not name the back-channel logout");
  }
  const subject = wordOf(payload, "sub");
  const sid = wordOf(payload, "sid");
  if (subject === null && sid === null) {
    throw new LoginError("token_malformed", "there is neither sid nor sub");
  }
  const jti = wordOf(payload, "jti");
  if (jti === null) throw new LoginError("token_malformed", "there is no jti");
  return { issuer: provider.issuer, subject, sid, jti };
}

async function verified(provider: Provider, text: string, now: number): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(text, keysOf(provider), {
      algorithms: [...ALGORITHMS],
      issuer: provider.issuer,
      audience: provider.clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ["iat", "jti", "events"],
    });
  } catch (failure) {
    throw translate(failure);
  }
}

function checkAge({ iat = 0 }: JWTPayload, now: number): void {
  const age = Math.round(now / 1000 - iat);
  if (age < -CLOCK_TOLERANCE_SECONDS) {
    throw new LoginError("token_time", `iat is ${-age} s in the future`);
  }
  if (age > OLDEST_SECONDS + CLOCK_TOLERANCE_SECONDS) {
    throw new LoginError("token_time", `iat is ${age} s ago`);
  }
}

/** A claim that goes into a query: 1 to 255 printable ASCII characters. Null when it is absent; anything else is refused. */
function wordOf(payload: JWTPayload, name: "sub" | "sid" | "jti"): string | null {
  const value: unknown = payload[name];
  if (value === undefined) return null;
  if (typeof value === "string" && /^[\x21-\x7e]{1,255}$/.test(value)) return value;
  throw new LoginError("token_malformed", `${name} is not 1 to 255 printable ASCII characters`);
}

const BY_CLAIM: Readonly<Record<string, LoginErrorCode>> = {
  iss: "token_issuer",
  aud: "token_audience",
  exp: "token_time",
  nbf: "token_time",
};

/** The library's own errors hold claims, so that only their kind goes on. */
function translate(failure: unknown): LoginError {
  if (failure instanceof LoginError) return failure;
  if (failure instanceof errors.JWTClaimValidationFailed || failure instanceof errors.JWTExpired) {
    const code = BY_CLAIM[failure.claim] ?? "token_malformed";
    return new LoginError(code, `${failure.claim} is not right (${failure.reason})`);
  }
  const unsigned = [
    errors.JWSSignatureVerificationFailed,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
  ];
  if (unsigned.some((each) => failure instanceof each)) {
    return new LoginError("token_signature", "it is not signed by a key of the provider");
  }
  if (failure instanceof errors.JWTInvalid || failure instanceof errors.JWSInvalid) {
    return new LoginError("token_malformed", "it is no signed token");
  }
  return new LoginError("provider_invalid", "the provider's keys cannot be read");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
