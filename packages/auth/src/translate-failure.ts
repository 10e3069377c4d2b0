import { ResponseBodyError, WWWAuthenticateChallengeError } from "openid-client";
import { LoginError, type LoginErrorCode, oauthErrorCode } from "./login-error.ts";

const BY_CLAIM: Readonly<Record<string, LoginErrorCode>> = {
  iss: "token_issuer",
  aud: "token_audience",
  azp: "token_audience",
  nonce: "token_nonce",
  exp: "token_time",
  nbf: "token_time",
  iat: "token_time",
};

const BY_CODE: Readonly<Record<string, LoginErrorCode>> = {
  OAUTH_HTTP_REQUEST_FORBIDDEN: "provider_insecure",
  OAUTH_KEY_SELECTION_FAILED: "token_signature",
  OAUTH_RESPONSE_IS_NOT_CONFORM: "provider_invalid",
  OAUTH_RESPONSE_IS_NOT_JSON: "provider_invalid",
};

/**
 * Turns whatever openid-client threw into a LoginError. The original is not kept as `cause`: it holds the token, its
 * claims and the answer.
 */
export function translateFailure(failure: unknown, fallback: LoginErrorCode): LoginError {
  const chain = causesOf(failure);
  for (const each of chain) if (each instanceof LoginError) return each;
  for (const each of chain) {
    if (each instanceof ResponseBodyError) {
      const error = oauthErrorCode(each.error);
      return new LoginError("provider_refused", `refused with ${each.status}, ${error}`, error);
    }
    if (each instanceof WWWAuthenticateChallengeError) {
      return new LoginError(
        "provider_refused",
        `refused our client with ${each.status}`,
        "invalid_client",
      );
    }
  }
  return new LoginError(codeOf(chain) ?? fallback, reasonsOf(chain));
}

function causesOf(failure: unknown): unknown[] {
  const chain: unknown[] = [];
  let current = failure;
  while (current !== undefined && current !== null && chain.length < 6) {
    chain.push(current);
    current = typeof current === "object" && "cause" in current ? current.cause : undefined;
  }
  return chain;
}

function codeOf(chain: readonly unknown[]): LoginErrorCode | undefined {
  for (const each of chain) {
    if (typeof each !== "object" || each === null) continue;
    // The library's facts about a failed check: the claim, or (alg, kid, signature) the header it was about.
    if ("claim" in each && typeof each.claim === "string") return BY_CLAIM[each.claim];
    if ("attribute" in each && each.attribute === "issuer") return "wrong_issuer";
    if ("header" in each || "signature" in each || "alg" in each) return "token_signature";
    if ("code" in each && typeof each.code === "string" && BY_CODE[each.code])
      return BY_CODE[each.code];
  }
  return undefined;
}

/** The library's own messages are fixed sentences about names of fields; errors of others are left out. */
function reasonsOf(chain: readonly unknown[]): string {
  const sentences = chain.flatMap((each) =>
    each instanceof Error && "code" in each ? [`${each.message} (${String(each.code)})`] : [],
  );
  return sentences.length > 0 ? sentences.join(": ") : "the answer could not be processed";
}
