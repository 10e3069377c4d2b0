/**
 * People log in by OpenID Connect: authorization code with PKCE (S256), `state`, `nonce` and `iss`. The only file that
 * drives openid-client; what it leaves unchecked is checked here, one rule a file.
 */
import * as openid from "openid-client";
import { boundedFetch, type Fetch } from "./bounded-fetch.ts";
import { checkCallback } from "./check-callback.ts";
import { checkIdToken } from "./check-id-token.ts";
import { checkIssuer, checkMetadata, type ProviderFacts } from "./check-provider.ts";
import { groupsWithheld } from "./groups-withheld.ts";
import { LoginError } from "./login-error.ts";
import { CLOCK_TOLERANCE_SECONDS, type LoginState, requireFresh } from "./login-state.ts";
import { rememberKeys } from "./provider-keys.ts";
import { translateFailure } from "./translate-failure.ts";
import { type ClaimNames, identityOfClaims, STANDARD_CLAIMS } from "./verified-identity.ts";
import type { VerifiedIdentity } from "./verified-identity.ts";

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client: then PKCE alone protects the code. */
  readonly clientSecret: string | null;
  /** How it is sent, where the provider supports several and this client only one. */
  readonly clientAuthMethod?: "client_secret_basic" | "client_secret_post";
  /** Lets an http issuer pass: for laptops and tests, by the deployment's configuration only. */
  readonly allowInsecure: boolean;
  /** Milliseconds for each request to the provider. */
  readonly timeoutMs?: number;
  /** The way out, where the deployment guards it. */
  readonly fetch?: Fetch;
}

/** A discovered provider. Keep it (see `ProviderCache`): it also caches the provider's keys. */
export interface Provider {
  /** As the provider itself writes it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly facts: ProviderFacts;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const POST = "client_secret_post";
const DEFAULT_SCOPE = "openid email profile";

/** Keeps openid-client's type, which holds the client secret, out of everybody's hands. */
const configurations = new WeakMap<Provider, openid.Configuration>();

/**
 * Reads a provider's metadata and checks it.
 * @throws LoginError `provider_…`, `wrong_issuer`, `no_pkce`, `no_usable_algorithm`
 */
export async function discoverProvider(settings: ProviderSettings): Promise<Provider> {
  const issuer = checkIssuer(settings.issuer, settings.allowInsecure);
  // An https issuer never needs it, so its endpoints cannot fall back to http.
  const insecure = settings.allowInsecure && issuer.protocol === "http:";
  const bounded = boundedFetch(settings.fetch ?? fetch, settings.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const configuration = await openid
    .discovery(
      issuer,
      settings.clientId,
      { [openid.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      clientAuthentication(settings),
      {
        [openid.customFetch]: bounded,
        // Without non-repudiation the library trusts TLS and verifies no signature in the code flow.
        execute: [
          openid.enableNonRepudiationChecks,
          ...(insecure ? [openid.allowInsecureRequests] : []),
        ],
      },
    )
    .catch((failure: unknown) => {
      throw translateFailure(failure, "provider_invalid");
    });
  const metadata = configuration.serverMetadata();
  const confidential = settings.clientSecret !== null;
  const facts = checkMetadata(metadata, { issuer, insecure, confidential });
  const provider: Provider = { issuer: metadata.issuer, clientId: settings.clientId, facts };
  configurations.set(provider, configuration);
  rememberKeys(provider, metadata.jwks_uri ?? "", bounded);
  return provider;
}

export interface LoginRequest {
  /** Exactly as registered with the provider; from the configuration, never from the request's `Host`. */
  readonly redirectUri: string;
  readonly tenantId: string;
  readonly providerId: string | null;
  /** What `safeReturnTo` let through. */
  readonly returnTo: string;
  readonly invitation: string | null;
  /** `openid` is added where it is missing. */
  readonly scope?: string;
  readonly loginHint?: string;
}

/**
 * Begins a login: where to send the browser, and what to seal into the login cookie.
 * @param now Unix milliseconds
 */
export async function beginLogin(
  provider: Provider,
  request: LoginRequest,
  now: number,
): Promise<{ url: string; loginState: LoginState }> {
  const { redirectUri, tenantId, providerId, returnTo, invitation } = request;
  const loginState: LoginState = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    codeVerifier: openid.randomPKCECodeVerifier(),
    issuer: provider.issuer,
    redirectUri,
    tenantId,
    providerId,
    returnTo,
    invitation,
    createdAt: now,
  };
  const url = openid.buildAuthorizationUrl(configurationOf(provider), {
    redirect_uri: redirectUri,
    scope: scopeOf(request.scope ?? DEFAULT_SCOPE),
    state: loginState.state,
    nonce: loginState.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(loginState.codeVerifier),
    code_challenge_method: "S256",
    ...(request.loginHint === undefined ? {} : { login_hint: request.loginHint }),
  });
  return { url: url.href, loginState };
}

export interface Callback {
  /** Where the browser came back to; only its query counts, so a forged `Host` changes nothing. */
  readonly currentUrl: string;
  readonly loginState: LoginState;
  readonly claimNames?: ClaimNames;
}

/**
 * Ends a login: checks everything and says who the person is.
 * @param now Unix milliseconds
 * @throws LoginError
 */
export async function finishLogin(
  provider: Provider,
  callback: Callback,
  now: number,
): Promise<VerifiedIdentity> {
  const { loginState } = callback;
  requireFresh(loginState, now);
  if (loginState.issuer !== provider.issuer) {
    throw new LoginError("wrong_issuer", "the login was begun with another provider");
  }
  const returned = new URL(loginState.redirectUri);
  returned.search = queryOf(callback.currentUrl);
  checkCallback(returned.searchParams, loginState, provider.facts.issInResponse);
  const { idToken, accessToken, claims } = await redeemCode(provider, returned, loginState);
  checkIdToken({ text: idToken, claims, accessToken }, provider.clientId, now);
  const names = callback.claimNames ?? STANDARD_CLAIMS;
  const more = await userinfoBelow(provider, accessToken, claims, names);
  const token = { issuer: claims.iss, subject: claims.sub, idToken };
  // Null names no groups: it does not hide those that were asked for below it.
  const groups = { [names.groups]: claims[names.groups] ?? more[names.groups] };
  return identityOfClaims({ ...more, ...claims, ...groups }, token, names);
}

/**
 * Where to send the browser for RP-initiated logout; undefined when the provider has no such address.
 * @param request the session's ID token as the hint, and a registered address to come back to
 */
export function endSessionUrl(
  provider: Provider,
  request: { idToken: string | null; postLogoutRedirectUri: string },
): string | undefined {
  if (!provider.facts.endSession) return undefined;
  return openid.buildEndSessionUrl(configurationOf(provider), {
    post_logout_redirect_uri: request.postLogoutRedirectUri,
    ...(request.idToken === null ? {} : { id_token_hint: request.idToken }),
  }).href;
}

async function redeemCode(provider: Provider, returned: URL, login: LoginState) {
  const checks = {
    expectedState: login.state,
    expectedNonce: login.nonce,
    pkceCodeVerifier: login.codeVerifier,
    idTokenExpected: true,
  };
  try {
    const answer = await openid.authorizationCodeGrant(configurationOf(provider), returned, checks);
    const claims = answer.claims();
    if (answer.id_token === undefined || claims === undefined) {
      throw new LoginError("token_malformed", "there is no ID token");
    }
    return { idToken: answer.id_token, accessToken: answer.access_token, claims };
  } catch (failure) {
    throw translateFailure(failure, "token_malformed");
  }
}

/**
 * Some providers keep the address (and groups) out of ID tokens, or groups that are too many; only then is the userinfo
 * endpoint asked, once.
 */
async function userinfoBelow(
  provider: Provider,
  accessToken: string,
  claims: openid.IDToken,
  names: ClaimNames,
): Promise<Readonly<Record<string, unknown>>> {
  const configuration = configurationOf(provider);
  const { userinfo_endpoint } = configuration.serverMetadata();
  const lacksEmail = claims[names.email] === undefined;
  const lacksGroups = groupsWithheld(claims, names.groups);
  if (userinfo_endpoint === undefined || !(lacksEmail || lacksGroups)) return {};
  try {
    const more = await openid.fetchUserInfo(configuration, accessToken, claims.sub);
    // Nothing else: an address is only as verified as the answer that names it.
    return lacksEmail ? more : { [names.groups]: more[names.groups] };
  } catch (failure) {
    // Asked for groups alone, none or no use of an answer leaves them withheld: whether that matters is not known here.
    if (!lacksEmail) return {};
    throw translateFailure(failure, "provider_invalid");
  }
}

/** As told, else in the body where the provider announces that, else Basic (the default of OpenID Connect). */
function clientAuthentication({
  clientSecret,
  clientAuthMethod,
}: ProviderSettings): openid.ClientAuth {
  if (clientSecret === null) return openid.None();
  const basic = openid.ClientSecretBasic(clientSecret);
  const post = openid.ClientSecretPost(clientSecret);
  return (server, ...rest) => {
    const announced = server.token_endpoint_auth_methods_supported?.includes(POST) ?? false;
    const inBody = clientAuthMethod === undefined ? announced : clientAuthMethod === POST;
    return (inBody ? post : basic)(server, ...rest);
  };
}

function configurationOf(provider: Provider): openid.Configuration {
  const configuration = configurations.get(provider);
  if (configuration === undefined) throw new TypeError("a provider comes from discoverProvider()");
  return configuration;
}

function scopeOf(scope: string): string {
  const words = scope.split(" ").filter((word) => word !== "");
  return words.includes("openid") ? words.join(" ") : ["openid", ...words].join(" ");
}

function queryOf(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : (url.slice(start).split("#", 1)[0] ?? "");
}
