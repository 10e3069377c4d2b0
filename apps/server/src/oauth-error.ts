/** Errors of a token endpoint (RFC 6749 §5.2); for whoever speaks OAuth instead of our own REST. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unsupported_grant_type: 400,
  // RFC 8628 §3.5.
  authorization_pending: 400,
  slow_down: 400,
  access_denied: 400,
  expired_token: 400,
  temporarily_unavailable: 503,
  server_error: 500,
} as const satisfies Record<string, number>;

export type OAuthErrorCode = keyof typeof STATUS;

export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: OAuthErrorCode;
  /** @param description for the app's author, in ASCII; it goes out as it is */
  constructor(code: OAuthErrorCode, description: string) {
    super(description);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** The one answer for every code and every token that is not good, whatever is wrong with it. */
export function invalidGrant(): OAuthError {
  return new OAuthError("invalid_grant", "It is not valid, has ended, or is not this client's.");
}
