import { randomUUID } from "node:crypto";
import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { keepLocals, type RequestLocals } from "./request-locals.ts";

/** W3C Trace Context §3.2: version 00, a trace id that is not all zeros. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A request id, one log line and one measurement per request. Inputs are never logged: they hold secrets. */
export function observe(app: Express, deps: Dependencies): void {
  app.use((req, res, next) => {
    const locals: RequestLocals = {
      requestId:
        TRACEPARENT.exec(req.get("traceparent") ?? "")?.[1] ?? randomUUID().replaceAll("-", ""),
      startedAt: performance.now(),
      fields: {},
      certificate: undefined,
      credential: undefined,
      route: "(none)",
    };
    keepLocals(req, locals);
    res.setHeader("x-request-id", locals.requestId);
    res.on("close", () => {
      const seconds = (performance.now() - locals.startedAt) / 1000;
      const { method } = req;
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
    next();
  });
}
