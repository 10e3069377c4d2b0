import { ERRORS } from "@aic-sos/contract/errors";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../log.ts";
import { appErrorOf, problemOf } from "../problem-of.ts";
import { localsOf } from "./request-locals.ts";
import { sendJson } from "./send-json.ts";

/** Answers with RFC 9457 problem details, and logs what went wrong on our side. */
export function sendProblem(
  req: IncomingMessage,
  res: ServerResponse,
  thrown: unknown,
  log: Log,
): void {
  const error = appErrorOf(thrown);
  const { requestId, fields } = localsOf(req);
  fields["code"] = error.code;
  if (ERRORS[error.code].status >= 500) log.error({ requestId, err: error }, "request failed");
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const problem = problemOf(error, requestId);
  if (problem.retryAfterSeconds !== undefined)
    res.setHeader("retry-after", String(problem.retryAfterSeconds));
  if (problem.status === 401) res.setHeader("www-authenticate", 'Bearer realm="aic-sos"');
  sendJson(res, problem.status, problem, "application/problem+json; charset=utf-8");
}
