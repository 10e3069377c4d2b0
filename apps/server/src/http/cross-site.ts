import { isCrossSite } from "@aic-sos/auth/csrf";
import type { Express } from "express";
import { AppError } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { presentedCredential } from "./request-context.ts";
import { sendProblem } from "./send-problem.ts";

/** Refuses state-changing requests that another site makes a browser send along with its cookie. */
export function crossSite(app: Express, deps: Dependencies): void {
  const ownOrigin = new URL(deps.config.publicUrl).origin;
  app.use((req, res, next) => {
    const { kind } = presentedCredential(req);
    // Without any credential there is nothing that another site could borrow.
    if (kind === "none") return next();
    // Nor here: what is malformed in `Authorization` is refused, and never passed over for a cookie.
    if (kind === "malformed" && req.headers.authorization !== undefined) return next();
    const credentialKind = kind === "malformed" ? undefined : kind;
    const foreign = isCrossSite({
      method: req.method,
      credentialKind,
      secFetchSite: req.get("sec-fetch-site"),
      origin: req.get("origin"),
      ownOrigin,
    });
    if (!foreign) return next();
    const detail =
      "Requests that change something with a cookie must come from the console's own pages.";
    sendProblem(req, res, new AppError("cross_site", detail), deps.log);
  });
}
