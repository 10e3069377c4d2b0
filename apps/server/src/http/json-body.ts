import express, { type Request, type RequestHandler } from "express";
import { presentedCredential } from "./request-context.ts";

/** A definition of 1 MB of YAML, escaped as JSON, with room to spare. */
const SOURCE_LIMIT = "2mb";
/** Everything else is small. */
const LIMIT = "256kb";

/** Addresses that take a definition's source, on both faces. */
const TAKES_SOURCE = /^\/(?:api\/workflows|trpc\/workflow\.)/;

/**
 * Reads JSON bodies: large ones only where a definition may come, and none at all from a caller without a credential,
 * who is going to be turned away anyhow. `strict`: objects and arrays only.
 */
export function jsonBody({ strict }: { strict: boolean }): RequestHandler {
  const small = express.json({ limit: LIMIT, strict });
  const large = express.json({ limit: SOURCE_LIMIT, strict });
  return (req, res, next) => {
    if (!hasCredential(req)) return next();
    const read = TAKES_SOURCE.test(req.originalUrl) ? large : small;
    read(req, res, next);
  };
}

function hasCredential(req: Request): boolean {
  const { kind } = presentedCredential(req);
  return kind !== "none" && kind !== "malformed";
}
