import { AppError } from "../app-error.ts";
import { sendProblem } from "./send-problem.ts";
import type { Step } from "./step.ts";

/** Refuses a request of HTTP/1.1 without a Host (RFC 9112 §3.2): Node would, too, but with an empty body. */
export const hostHeader: Step = (next, deps) => (req, res) => {
  if (req.headers.host !== undefined || req.httpVersion !== "1.1") return next(req, res);
  res.setHeader("connection", "close");
  const errors = [{ field: "Host", message: "is required in HTTP/1.1" }];
  const refused = new AppError("malformed_request", "Send a Host header.", { errors });
  sendProblem(req, res, refused, deps.log);
};
