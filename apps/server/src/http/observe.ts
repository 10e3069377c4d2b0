import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { headerOf } from "./header-of.ts";
import { keepLocals, type RequestLocals } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";
import type { Step } from "./step.ts";

/** W3C Trace Context §3.2: version 00, a trace id that is not all zeros. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * A request id, one log line and one measurement per request. Inputs are never logged: they hold secrets. What a later
 * step throws is answered as a problem: past Node's own server it would end the process.
 */
export const observe: Step = (next, deps) => (req, res) => {
  const locals = newLocals(req);
  keepLocals(req, locals);
  res.setHeader("x-request-id", locals.requestId);
  res.on("close", () => {
    const seconds = (performance.now() - locals.startedAt) / 1000;
    const { method = "" } = req;
    const status = res.writableFinished ? res.statusCode : 499;
    deps.metrics.request({ method, route: locals.route, status, seconds });
    deps.log.info(
      {
        requestId: locals.requestId,
        method,
        route: locals.route,
        status,
        ms: Math.round(seconds * 1000),
        ...locals.fields,
      },
      "request",
    );
  });
  try {
    next(req, res);
  } catch (error) {
    sendProblem(req, res, error, deps.log);
  }
};

function newLocals(req: IncomingMessage): RequestLocals {
  const url = req.url ?? "";
  const query = url.indexOf("?");
  return {
    requestId: TRACEPARENT.exec(headerOf(req, "traceparent") ?? "")?.[1] ?? newRequestId(),
    startedAt: performance.now(),
    path: query < 0 ? url : url.slice(0, query),
    query: query < 0 ? "" : url.slice(query + 1),
    fields: {},
    address: req.socket.remoteAddress,
    certificate: undefined,
    credential: undefined,
    route: "(none)",
  };
}

function newRequestId(): string {
  return randomUUID().replaceAll("-", "");
}
