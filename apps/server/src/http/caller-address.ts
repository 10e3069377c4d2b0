import type { Request } from "express";
import { plainAddress } from "../peer-list.ts";

/** The caller's address: of the connection, or what listed proxies say that it was. */
export function callerAddress(req: Request): string | undefined {
  return req.ip === undefined ? undefined : plainAddress(req.ip);
}
