import { LoginError } from "./login-error.ts";

/** What has to survive the trip to the identity provider and back. Travels in the login cookie, encrypted. */
export interface LoginState {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly codeVerifier: string;
  /** Whom we asked, and with which redirect URI: both are compared or sent again at the end. */
  readonly issuer: string;
  readonly redirectUri: string;
  readonly tenantId: string;
  /** Null when the deployment's default provider was used. */
  readonly providerId: string | null;
  /** A path that `safeReturnTo` let through. */
  readonly returnTo: string;
  /** The text of the invitation that the person came with. */
  readonly invitation: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** Seconds that a login may take. */
export const LOGIN_SECONDS = 600;

/** Clocks may differ by this many seconds, between replicas and towards the provider. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** @param now Unix milliseconds @throws LoginError `expired` */
export function requireFresh(login: LoginState, now: number): void {
  const age = Math.round((now - login.createdAt) / 1000);
  if (age > LOGIN_SECONDS) throw new LoginError("expired", `the login began ${age} s ago`);
  if (age < -CLOCK_TOLERANCE_SECONDS) {
    throw new LoginError("expired", `the login began ${-age} s in the future`);
  }
}
