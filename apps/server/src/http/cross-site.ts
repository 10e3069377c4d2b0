import { isCrossSite } from "@aic-sos/auth/csrf";
import { AppError } from "../app-error.ts";
import { headerOf } from "./header-of.ts";
import { presentedCredential } from "./request-context.ts";
import { sendProblem } from "./send-problem.ts";
import type { Step } from "./step.ts";

/** Refuses state-changing requests that another site makes a browser send along with its cookie. */
export const crossSite: Step = (next, deps) => {
  const ownOrigin = new URL(deps.config.publicUrl).origin;
  return (req, res) => {
    const { kind } = presentedCredential(req);
    // Without any credential there is nothing that another site could borrow.
    if (kind === "none") return next(req, res);
    // Nor here: what is malformed in `Authorization` is refused, and never passed over for a cookie.
    if (kind === "malformed" && req.headers.authorization !== undefined) return next(req, res);
    const credentialKind = kind === "malformed" ? undefined : kind;
    const foreign = isCrossSite({
      method: req.method ?? "",
      credentialKind,
      secFetchSite: headerOf(req, "sec-fetch-site"),
      origin: headerOf(req, "origin"),
      ownOrigin,
    });
    if (!foreign) return next(req, res);
    const detail =
      "Requests that change something with a cookie must come from the console's own pages.";
    sendProblem(req, res, new AppError("cross_site", detail), deps.log);
  };
};
