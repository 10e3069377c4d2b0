import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../app-error.ts";
import { countWrongKey } from "../wrong-keys.ts";
import { cameOverTls } from "./client-certificate.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";
import type { Step } from "./step.ts";

/** What a load balancer may ask without a certificate. */
const OPEN: ReadonlySet<string> = new Set(["/health", "/readiness"]);

/**
 * On the port of client certificates nobody gets further without one that is valid, whatever else they bring: TLS itself
 * takes a certificate of any CA there, since each tenant has its own.
 */
export const requireCertificate: Step = (next, deps) => {
  const check = async (req: IncomingMessage): Promise<void> => {
    const certificate = localsOf(req).certificate ?? { kind: "none" };
    if (await deps.authenticator.authenticate(certificate)) return;
    deps.unauthenticated.count();
    await countWrongKey(deps, certificate, localsOf(req).address);
    throw new AppError(
      "unauthenticated",
      "This port takes client certificates that were issued under a CA of their tenant.",
      { reason: "unauthenticated" },
    );
  };
  const checkFirst = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      await check(req);
      next(req, res);
    } catch (error) {
      sendProblem(req, res, error, deps.log);
    }
  };
  return (req, res) => {
    if (!cameOverTls(req) || OPEN.has(localsOf(req).path)) next(req, res);
    else void checkFirst(req, res);
  };
};
