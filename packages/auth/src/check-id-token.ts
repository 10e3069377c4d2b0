import { hash, timingSafeEqual } from "node:crypto";
import type { IDToken } from "openid-client";
import { ALGORITHMS } from "./check-provider.ts";
import { isCompact } from "./compact-form.ts";
import { LoginError } from "./login-error.ts";
import { CLOCK_TOLERANCE_SECONDS } from "./login-state.ts";

/** Real ones, with hundreds of groups, have some 10 kB. */
const LONGEST_TOKEN = 32_768;

/**
 * What OpenID Connect Core §3.1.3.7 asks of an ID token and openid-client does not check in the code flow. It has checked
 * signature, `alg`, `iss`, `aud`, `nonce`, `exp` and `nbf` by now.
 * @param now Unix milliseconds
 * @throws LoginError `token_…`
 */
export function checkIdToken(
  token: { text: string; claims: IDToken; accessToken: string },
  clientId: string,
  now: number,
): void {
  const { text, claims, accessToken } = token;
  if (text.length > LONGEST_TOKEN)
    throw new LoginError("token_malformed", "the ID token is too long");
  if (!isCompact(text, 3))
    throw new LoginError("token_malformed", "the ID token is not a compact JWS");
  const ahead = Math.round(claims.iat - now / 1000);
  if (ahead > CLOCK_TOLERANCE_SECONDS) {
    throw new LoginError("token_time", `iat is ${ahead} s in the future`);
  }
  if (claims.azp !== undefined && claims.azp !== clientId) {
    throw new LoginError("token_audience", "azp is another client");
  }
  // §2: at most 255 ASCII characters; no blanks or controls, since it goes into the database and the log.
  if (!/^[\x21-\x7e]{1,255}$/.test(claims.sub)) {
    throw new LoginError("token_malformed", "sub is not 1 to 255 printable ASCII characters");
  }
  checkAccessTokenHash(text, claims["at_hash"], accessToken);
}

/** §3.1.3.8: the left half of the access token's hash, by the hash function of `alg`. Optional in the code flow. */
function checkAccessTokenHash(text: string, expected: unknown, accessToken: string): void {
  if (expected === undefined) return;
  const algorithm = algorithmOf(text);
  if (!ALGORITHMS.has(algorithm))
    throw new LoginError("token_signature", "alg is not accepted here");
  const bits = algorithm.startsWith("Ed") ? "512" : algorithm.slice(2);
  const whole = hash(`sha${bits}`, accessToken, "buffer");
  const half = Buffer.from(whole.subarray(0, whole.length / 2).toString("base64url"));
  const claimed = Buffer.from(typeof expected === "string" ? expected : "");
  if (half.length !== claimed.length || !timingSafeEqual(half, claimed)) {
    throw new LoginError("token_malformed", "at_hash does not belong to the access token");
  }
}

function algorithmOf(text: string): string {
  const header: unknown = JSON.parse(
    Buffer.from(text.split(".")[0] ?? "", "base64url").toString("utf8"),
  );
  const known = typeof header === "object" && header !== null && "alg" in header;
  return known && typeof header.alg === "string" ? header.alg : "";
}
