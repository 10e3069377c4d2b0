import { isDbError } from "@aic-sos/db/errors";
import express, { type Express, type Request, type Response } from "express";
import type { AppError } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { beginDevice } from "../features/token/begin-device.ts";
import { exchangeCode } from "../features/token/exchange-code.ts";
import { clientOf, field, type Form } from "../features/token/form.ts";
import { issueBoundToken } from "../features/token/issue-bound-token.ts";
import { redeemDevice } from "../features/token/redeem-device.ts";
import { refreshTokens } from "../features/token/refresh-tokens.ts";
import { revokeToken } from "../features/token/revoke-token.ts";
import { limitAnywhere } from "../limit-rate.ts";
import { DEVICES_PER_ADDRESS, TOKENS_PER_ADDRESS, TOKENS_PER_CLIENT } from "../login-limits.ts";
import { OAuthError } from "../oauth-error.ts";
import { askedTenant } from "./asked-tenant.ts";
import { cameOverTls } from "./client-certificate.ts";
import { isRateLimited, limitAddress } from "./limit-address.ts";
import { localsOf } from "./request-locals.ts";

type Grant = (deps: Dependencies, form: Form, requestId: string) => Promise<object>;

/** For a service with a certificate. */
const BOUND = "client_credentials";

/** What tokens are given to people's apps for. */
const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ["authorization_code", exchangeCode],
  ["refresh_token", refreshTokens],
  ["urn:ietf:params:oauth:grant-type:device_code", redeemDevice],
]);

/** What whoever is refused had shown in vain. */
const WRONG_CREDENTIAL: ReadonlySet<string> = new Set(["invalid_grant", "invalid_client"]);

/** Where apps get their tokens (RFC 6749 §3.2), devices begin to (RFC 8628 §3.1), and both give them back (RFC 7009). */
export function tokenRoutes(app: Express, deps: Dependencies): void {
  endpoint(app, "/auth/token", deps, async (form, req) => {
    const { requestId, certificate } = localsOf(req);
    const name = field(form, "grant_type");
    if (name === BOUND) {
      const address = localsOf(req).address;
      return issueBoundToken(deps, { form, certificate, address, requestId });
    }
    // So that every token which is issued over that port is bound to the certificate.
    const grant = cameOverTls(req) ? undefined : GRANTS.get(name);
    if (!grant) throw new OAuthError("unsupported_grant_type", "There is no such grant type here");
    await limitClient(deps, "/auth/token", clientOf(deps.config.tokens, form).id);
    return grant(deps, form, requestId);
  });
  endpoint(app, "/auth/device_authorization", deps, async (form, req) => {
    await limitAddress(deps, req, "new devices", DEVICES_PER_ADDRESS);
    await limitClient(deps, "/auth/device_authorization", clientOf(deps.config.tokens, form).id);
    return beginDevice(deps, {
      form,
      tenantId: await askedTenant(deps, form),
      userAgent: req.get("user-agent"),
      address: localsOf(req).address,
      requestId: localsOf(req).requestId,
    });
  });
  endpoint(app, "/auth/revoke", deps, async (form, req) => {
    await limitClient(deps, "/auth/revoke", clientOf(deps.config.tokens, form).id);
    await revokeToken(deps, form, localsOf(req).requestId);
    return {};
  });
}

function endpoint(
  app: Express,
  route: string,
  deps: Dependencies,
  answer: (form: Form, req: Request) => Promise<object>,
): void {
  const readForm = express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 30 });
  app.post(route, (req, res) => {
    localsOf(req).route = route;
    res.setHeader("cache-control", "no-store");
    res.setHeader("pragma", "no-cache");
    const respond = async (bodyError: unknown): Promise<void> => {
      try {
        await limitAddress(deps, req, route, TOKENS_PER_ADDRESS);
        refuseClientAuthentication(req);
        res.json(await answer(formOf(req, bodyError), req));
      } catch (error) {
        refuse(req, res, error, deps);
      }
    };
    readForm(req, res, (error) => void respond(error));
  });
}

/**
 * Clients are public, or prove themselves by a certificate: whoever shows a secret in `Authorization` takes this for
 * something else (RFC 6749 §2.3.1). A bearer token there authenticates no client, and is ignored.
 */
function refuseClientAuthentication(req: Request): void {
  const { authorization } = req.headers;
  if (authorization === undefined || /^bearer(?: |$)/i.test(authorization)) return;
  throw new OAuthError(
    "invalid_client",
    "Clients have no secret: send client_id in the form, and no Authorization",
  );
}

function formOf(req: Request, bodyError: unknown): Form {
  const body: unknown = req.body;
  if (bodyError === undefined && typeof body === "object" && body !== null) return { ...body };
  throw new OAuthError("invalid_request", "Send application/x-www-form-urlencoded");
}

function limitClient(deps: Dependencies, route: string, id: string): Promise<void> {
  return limitAnywhere(deps, `client ${route}`, id, TOKENS_PER_CLIENT);
}

function refuse(req: Request, res: Response, thrown: unknown, deps: Dependencies): void {
  if (isRateLimited(thrown)) return tooMany(res, thrown);
  const error = oauthErrorOf(thrown);
  const { requestId, fields } = localsOf(req);
  fields["code"] = error.code;
  if (error.status >= 500) deps.log.error({ requestId, err: thrown }, "token request failed");
  if (WRONG_CREDENTIAL.has(error.code)) deps.unauthenticated.count();
  // RFC 6749 §5.2: in the scheme that the client used.
  if (error.status === 401 && /^basic /i.test(req.headers.authorization ?? ""))
    res.setHeader("www-authenticate", 'Basic realm="aic-sos"');
  res.status(error.status).json({ error: error.code, error_description: error.message });
}

function tooMany(res: Response, error: AppError): void {
  res.setHeader("retry-after", String(error.extra.retryAfterSeconds ?? 60));
  res.status(429).json({ error: "temporarily_unavailable", error_description: error.message });
}

function oauthErrorOf(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  return isDbError(thrown)
    ? new OAuthError("temporarily_unavailable", "Try again in a moment")
    : new OAuthError("server_error", "Something went wrong on our side");
}
