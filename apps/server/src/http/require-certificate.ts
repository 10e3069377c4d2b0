import type { Express } from "express";
import { AppError } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { countWrongKey } from "../wrong-keys.ts";
import { callerAddress } from "./caller-address.ts";
import { cameOverTls } from "./client-certificate.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

/** What a load balancer may ask without a certificate. */
const OPEN: ReadonlySet<string> = new Set(["/health", "/readiness"]);

/**
 * On the port of client certificates nobody gets further without one that is valid, whatever else they bring: TLS itself
 * takes a certificate of any CA there, since each tenant has its own.
 */
export function requireCertificate(app: Express, deps: Dependencies): void {
  app.use(async (req, res, next) => {
    if (!cameOverTls(req) || OPEN.has(req.path)) return next();
    try {
      const certificate = localsOf(req).certificate ?? { kind: "none" };
      if (await deps.authenticator.authenticate(certificate)) return next();
      deps.unauthenticated.count();
      await countWrongKey(deps, certificate, callerAddress(req));
      throw new AppError(
        "unauthenticated",
        "This port takes client certificates that were issued under a CA of their tenant.",
        { reason: "unauthenticated" },
      );
    } catch (error) {
      sendProblem(req, res, error, deps.log);
    }
  });
}
