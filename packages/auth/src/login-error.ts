/**
 * Every way in which a login can fail. The sentence is public and holds nothing that came from the provider, the
 * person or a token; `detail` says more for the log and never holds a secret, a token or a claim about a person.
 */
export const LOGIN_ERRORS = {
  provider_unreachable: "The identity provider does not answer. Try again in a moment.",
  provider_insecure: "The identity provider must be reached over https.",
  provider_not_allowed:
    "The identity provider's address cannot be used here: it has to be on the public internet and answer by itself.",
  provider_invalid: "The identity provider gave an answer that does not follow OpenID Connect.",
  provider_refused: "The identity provider refused the login.",
  wrong_issuer: "The answer came from another identity provider than the one that was asked.",
  no_pkce: "The identity provider does not support PKCE with S256.",
  no_usable_algorithm: "The identity provider signs with no algorithm that is accepted here.",
  state_mismatch:
    "This login was not started in this browser, or a newer one replaced it. Start again.",
  expired: "The login took too long. Start again.",
  callback_invalid: "The way back from the identity provider was not in order. Start again.",
  token_malformed: "The identity provider's token is not in order.",
  token_signature: "The identity provider's token is not signed by a key of that provider.",
  token_issuer: "The identity provider's token names another issuer.",
  token_audience: "The identity provider's token was made for another application.",
  token_nonce: "The identity provider's token belongs to another login.",
  token_time:
    "The identity provider's token is not valid at this time. Are its clock and ours right?",
} as const satisfies Record<string, string>;

export type LoginErrorCode = keyof typeof LOGIN_ERRORS;

export const loginErrorCodes = Object.keys(LOGIN_ERRORS) as LoginErrorCode[];

/** A login that was refused. `message` may be shown to anyone. */
export class LoginError extends Error {
  override readonly name = "LoginError";
  readonly code: LoginErrorCode;
  /** For the log. */
  readonly detail: string;
  /** The provider's own OAuth error code (RFC 6749 §4.1.2.1, §5.2) such as `access_denied`, where it sent one. */
  readonly providerError: string | null;

  constructor(code: LoginErrorCode, detail: string, providerError: string | null = null) {
    super(LOGIN_ERRORS[code]);
    this.code = code;
    this.detail = detail;
    this.providerError = providerError;
  }
}

/** An OAuth error code as it may go into a log: a short word, else null. It is the provider's text, not ours. */
export function oauthErrorCode(text: string | null | undefined): string | null {
  return typeof text === "string" && /^[a-z_]{1,64}$/.test(text) ? text : null;
}
