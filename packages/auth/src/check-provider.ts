import type { ServerMetadata } from "openid-client";
import { LoginError } from "./login-error.ts";

/** Asymmetric ones that the verification supports. Never `none`, never HMAC. */
export const ALGORITHMS: ReadonlySet<string> = new Set([
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
]);

/** What discovery found, to show to the admin who enters a provider. */
export interface ProviderFacts {
  /** `unstated`: the metadata does not say (Microsoft Entra ID's does not). PKCE is sent all the same. */
  readonly pkce: "advertised" | "unstated";
  readonly algorithms: readonly string[];
  /** RFC 9207: the provider puts `iss` into its authorization answers. */
  readonly issInResponse: boolean;
  readonly endSession: boolean;
}

/**
 * The issuer as a URL (OpenID Connect Discovery §2: https, no query, no fragment).
 * @throws LoginError `provider_insecure`, `provider_invalid`
 */
export function checkIssuer(issuer: string, allowInsecure: boolean): URL {
  if (!URL.canParse(issuer)) throw new LoginError("provider_invalid", "the issuer is not a URL");
  const url = new URL(issuer);
  requireSecure(url, allowInsecure, "issuer");
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new LoginError(
      "provider_invalid",
      "an issuer has no query, no fragment and no user name",
    );
  }
  // The library takes such a URL as the document itself and then compares no issuer.
  if (url.pathname.includes("/.well-known/")) {
    throw new LoginError("provider_invalid", "enter the issuer, not the address of its metadata");
  }
  return url;
}

/**
 * Checks a provider's metadata before anybody is sent there.
 * @param confidential whether we have a client secret
 * @throws LoginError `wrong_issuer`, `provider_invalid`, `provider_insecure`, `no_pkce`, `no_usable_algorithm`
 */
export function checkMetadata(
  metadata: ServerMetadata,
  expected: { issuer: URL; insecure: boolean; confidential: boolean },
): ProviderFacts {
  checkOwnName(metadata, expected.issuer);
  checkEndpoints(metadata, expected.insecure);
  const algorithms = (metadata.id_token_signing_alg_values_supported ?? ["RS256"]).filter(
    (algorithm) => ALGORITHMS.has(algorithm),
  );
  if (algorithms.length === 0) {
    throw new LoginError(
      "no_usable_algorithm",
      "id_token_signing_alg_values_supported has none of ours",
    );
  }
  return {
    pkce: pkceOf(metadata, expected.confidential),
    algorithms,
    issInResponse: metadata.authorization_response_iss_parameter_supported === true,
    endSession: metadata.end_session_endpoint !== undefined,
  };
}

/**
 * The library makes an exception for Microsoft's multi-tenant issuers, whose tokens come from anyone's directory; for
 * us an issuer is one company's.
 */
function checkOwnName(metadata: ServerMetadata, issuer: URL): void {
  if (!URL.canParse(metadata.issuer) || new URL(metadata.issuer).href !== issuer.href) {
    throw new LoginError("wrong_issuer", `the metadata of ${issuer.href} names another issuer`);
  }
}

function checkEndpoints(metadata: ServerMetadata, insecure: boolean): void {
  const required = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const;
  const optional = ["userinfo_endpoint", "end_session_endpoint"] as const;
  for (const name of [...required, ...optional]) {
    const address: unknown = metadata[name];
    if (address === undefined && optional.some((each) => each === name)) continue;
    if (typeof address !== "string" || !URL.canParse(address)) {
      throw new LoginError("provider_invalid", `the metadata has no valid ${name}`);
    }
    requireSecure(new URL(address), insecure, name);
  }
}

/**
 * RFC 8414 reads silence as "no PKCE", but the largest provider is silent and supports it. With a client secret silence
 * is accepted: the nonce then ties the code to this browser, too (RFC 9700 §2.1.1). Without one PKCE is all there is.
 */
function pkceOf(metadata: ServerMetadata, confidential: boolean): ProviderFacts["pkce"] {
  const methods = metadata.code_challenge_methods_supported;
  if (methods === undefined && confidential) return "unstated";
  if (Array.isArray(methods) && methods.includes("S256")) return "advertised";
  throw new LoginError("no_pkce", "code_challenge_methods_supported does not have S256");
}

function requireSecure(url: URL, insecure: boolean, name: string): void {
  if (url.protocol === "https:" || (insecure && url.protocol === "http:")) return;
  throw new LoginError("provider_insecure", `${name} is not an https address`);
}
