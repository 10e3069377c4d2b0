import type { Request, Response } from "express";
import { AppError } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { limitAnywhere } from "../limit-rate.ts";
import type { Log } from "../log.ts";
import { limitedNetwork } from "./limited-network.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

/**
 * Takes one of the points that the caller's address has, before anything is looked up for it. Counted over
 * all replicas; only a hash of the address is kept. Throws AppError `rate_limited`.
 */
export async function limitAddress(
  deps: Dependencies,
  req: Request,
  name: string,
  limit: { points: number; seconds: number },
): Promise<void> {
  const counted = limitedNetwork(localsOf(req).address ?? "unknown");
  await limitAnywhere(deps, `address ${name}`, counted, limit);
}

export function isRateLimited(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "rate_limited";
}

/** 429 with Retry-After: a page that leads on to the login page for people, a problem for programs. */
export function sendTooMany(req: Request, res: Response, error: AppError, log: Log): void {
  if (req.accepts(["application/problem+json", "json", "html"]) !== "html") {
    sendProblem(req, res, error, log);
    return;
  }
  const seconds = error.extra.retryAfterSeconds ?? 60;
  res.setHeader("retry-after", String(seconds));
  res
    .status(429)
    .type("html")
    .send(
      '<!doctype html><title>Too many sign-ins</title><meta http-equiv="refresh" content="0; url=/login?error=rate_limited">' +
        `<p>Too many sign-ins from here. Try again in ${seconds} seconds: <a href="/login">sign in</a>.</p>`,
    );
}
