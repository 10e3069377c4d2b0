import type { IncomingMessage, ServerResponse } from "node:http";
import express from "express";
import { presentedCredential } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";

/** A definition of 1 MB of YAML, escaped as JSON, with room to spare. */
const SOURCE_LIMIT = "2mb";
/** Everything else is small. */
const LIMIT = "256kb";

/** Addresses that take a definition's source, on both faces. */
const TAKES_SOURCE = /^\/(?:api\/workflows|trpc\/workflow\.)/;

/** Leaves what it read as `body`, or hands on why it could not. */
export type BodyReader = (
  req: IncomingMessage & { body?: unknown },
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Reads JSON bodies: large ones only where a definition may come, and none at all from a caller without a credential,
 * who is going to be turned away anyhow. `strict`: objects and arrays only.
 */
export function jsonBody({ strict }: { strict: boolean }): BodyReader {
  const small = express.json({ limit: LIMIT, strict });
  const large = express.json({ limit: SOURCE_LIMIT, strict });
  return (req, res, next) => {
    if (!hasCredential(req)) return next();
    const read = TAKES_SOURCE.test(localsOf(req).path) ? large : small;
    read(req, res, next);
  };
}

function hasCredential(req: IncomingMessage): boolean {
  const { kind } = presentedCredential(req);
  return kind !== "none" && kind !== "malformed";
}
