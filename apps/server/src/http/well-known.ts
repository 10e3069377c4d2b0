import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

/** Far less than a key is published before it signs. */
const CACHED = "public, max-age=300";

/** Where programs find out how to sign people in here (RFC 8414), and which keys sign access tokens (RFC 7517). */
export function wellKnown(app: Express, deps: Dependencies): void {
  const METADATA = "/.well-known/oauth-authorization-server";
  const metadata = metadataOf(deps.config.publicUrl, deps.config.mtls !== undefined);
  app.get(METADATA, (req, res) => {
    localsOf(req).route = METADATA;
    res.setHeader("cache-control", CACHED);
    res.json(metadata);
  });
  app.get("/.well-known/jwks.json", async (req, res) => {
    localsOf(req).route = "/.well-known/jwks.json";
    try {
      const keys = await Promise.all(
        deps.cells.map(({ code }) => deps.signingKeys.published(code)),
      );
      res.setHeader("cache-control", CACHED);
      res.type("application/jwk-set+json").send(JSON.stringify({ keys: keys.flat() }));
    } catch (error) {
      sendProblem(req, res, error, deps.log);
    }
  });
}

function metadataOf(issuer: string, takesCertificates: boolean) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth/authorize`,
    token_endpoint: `${issuer}/auth/token`,
    device_authorization_endpoint: `${issuer}/auth/device_authorization`,
    revocation_endpoint: `${issuer}/auth/revoke`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
      ...(takesCertificates ? ["client_credentials"] : []),
    ],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: [
      "none",
      ...(takesCertificates ? ["tls_client_auth"] : []),
    ],
    // RFC 8705 §3.3.
    tls_client_certificate_bound_access_tokens: takesCertificates,
    revocation_endpoint_auth_methods_supported: ["none"],
    authorization_response_iss_parameter_supported: true,
  };
}
