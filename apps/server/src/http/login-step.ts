import { clearLoginCookie } from "@aic-sos/auth/login-cookie";
import { LoginError } from "@aic-sos/auth/login-error";
import { isDbError } from "@aic-sos/db/errors";
import type { Request, Response } from "express";
import type { Dependencies } from "../dependencies.ts";
import type { Departure } from "../features/session/begin-session.ts";
import { LoginRefused } from "../features/session/login-refused.ts";
import type { Callback } from "../features/session/new-session.ts";
import { INVITATIONS_PER_ADDRESS, PER_ADDRESS } from "../login-limits.ts";
import { isRateLimited, limitAddress, sendTooMany } from "./limit-address.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";
import { refusedPage, type WayAgain } from "./way-again.ts";

/**
 * A step of a login: answers with a redirect, or leads to the login page, which says what was refused.
 * @param again the way that the page offers again after what may be over in a moment
 */
export function leave(
  route: string,
  deps: Dependencies,
  step: (req: Request) => Promise<Departure>,
  again: (req: Request) => WayAgain | Promise<WayAgain>,
) {
  return async (req: Request, res: Response): Promise<void> => {
    localsOf(req).route = route;
    try {
      const limit = route.startsWith("/auth/invitation") ? INVITATIONS_PER_ADDRESS : PER_ADDRESS;
      await limitAddress(deps, req, route, limit);
      const { location, cookies } = await step(req);
      for (const cookie of cookies) res.append("set-cookie", cookie);
      res.redirect(303, location);
    } catch (error) {
      if (isRateLimited(error)) return sendTooMany(req, res, error, deps.log);
      const refusal = refusalOf(error);
      if (refusal === undefined) return sendProblem(req, res, error, deps.log);
      if (route.endsWith("/callback")) deps.unauthenticated.count();
      const detail = error instanceof LoginError ? error.detail : undefined;
      deps.log.warn({ requestId: localsOf(req).requestId, refusal, detail }, "login refused");
      res.append("set-cookie", clearLoginCookie());
      res.redirect(303, await refusedPage(refusal, () => again(req)));
    }
  };
}

/** What the login page is told; undefined for what is no refusal. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof LoginRefused) return error.refusal;
  if (error instanceof LoginError) return error.code;
  return isDbError(error) ? "unavailable" : undefined;
}

/** How a browser came back from a provider. */
export function callbackOf(req: Request): Callback {
  return {
    url: req.originalUrl,
    cookieHeader: req.headers.cookie,
    userAgent: req.get("user-agent"),
    address: localsOf(req).address,
    requestId: localsOf(req).requestId,
  };
}
