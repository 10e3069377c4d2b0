import { LoginError } from "@aic-sos/auth/login-error";
import express, { type Express, type Request, type Response } from "express";
import type { Dependencies } from "../dependencies.ts";
import { LoginRefused } from "../features/session/login-refused.ts";
import { endByProvider, type LogoutSource } from "../features/session/provider-logout.ts";
import { LOGOUTS_PER_ADDRESS } from "../login-limits.ts";
import { limitAddress } from "./limit-address.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

const PATH = "/auth/backchannel-logout";
const PLATFORM = "/auth/platform/backchannel-logout";

/** Where identity providers say that somebody has signed out there: the deployment's, and each of a tenant's own. */
export function backchannelLogout(app: Express, deps: Dependencies): void {
  const form = express.urlencoded({ extended: false, limit: "32kb", parameterLimit: 4 });
  const ofTenant = `${PATH}/:tenantId/:providerId`;
  app.post(PATH, form, (req, res) => answer(deps, req, res, { route: PATH, source: "deployment" }));
  app.post(PLATFORM, form, (req, res) =>
    answer(deps, req, res, { route: PLATFORM, source: "platform" }),
  );
  app.post(ofTenant, form, (req, res) => {
    const { tenantId, providerId } = req.params;
    const route = `${PATH}/{tenantId}/{providerId}`;
    return answer(deps, req, res, { route, source: { tenantId, providerId } });
  });
}

/**
 * §2.8 of OpenID Connect Back-Channel Logout: 200 when it is done, 400 for whatever is wrong with the request. What
 * was wrong stands in the log. A provider whose keys do not answer, or a database, is a 503: it may come again.
 */
async function answer(
  deps: Dependencies,
  req: Request,
  res: Response,
  { route, source }: { route: string; source: LogoutSource },
): Promise<void> {
  const locals = localsOf(req);
  locals.route = route;
  try {
    await limitAddress(deps, req, PATH, LOGOUTS_PER_ADDRESS);
    const { requestId } = locals;
    const ended = await endByProvider(deps, source, { text: tokenOf(req), requestId });
    deps.log.info({ requestId, ended }, "sessions ended by the identity provider");
    res.status(200).end();
  } catch (error) {
    const refused = error instanceof LoginError || error instanceof LoginRefused;
    if (!refused) return sendProblem(req, res, error, deps.log);
    deps.unauthenticated.count();
    const [refusal, detail] =
      error instanceof LoginError ? [error.code, error.detail] : [error.refusal, undefined];
    deps.log.warn({ requestId: locals.requestId, refusal, detail }, "logout token refused");
    const away = refusal === "provider_unreachable";
    res
      .status(away ? 503 : 400)
      .json({ error: away ? "temporarily_unavailable" : "invalid_request" });
  }
}

/** An empty text, which is no token, when it is missing or comes twice. */
function tokenOf(req: Request): string {
  const body: unknown = req.body;
  if (typeof body !== "object" || body === null || !("logout_token" in body)) return "";
  return typeof body.logout_token === "string" ? body.logout_token : "";
}
