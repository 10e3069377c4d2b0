import type { IncomingMessage } from "node:http";
import { localsOf } from "./request-locals.ts";

/** The caller's address: of the connection, or what listed proxies say that it was. */
export function callerAddress(req: IncomingMessage): string | undefined {
  return localsOf(req).address;
}
