import type { IncomingMessage } from "node:http";
import type { PresentedCertificate, PresentedCredential } from "../presented-credential.ts";

/** What the first step knows of each request. */
export interface RequestLocals {
  readonly requestId: string;
  readonly startedAt: number;
  /** Of the address, up to its question mark, as it was sent. */
  readonly path: string;
  /** Behind that question mark. */
  readonly query: string;
  /** Fields of the request's log line. Only ids and closed words. */
  readonly fields: Record<string, string | number>;
  /** The caller's: of the connection, or what listed proxies say that it was. */
  address: string | undefined;
  /** Set where client certificates are taken. */
  certificate: PresentedCertificate | undefined;
  /** What `presentedCredential` read, so that it is read once. */
  credential: PresentedCredential | undefined;
  /** The route's template, set by whoever answers; never the address itself, which holds ids. */
  route: string;
}

const kept = new WeakMap<IncomingMessage, RequestLocals>();

export function keepLocals(req: IncomingMessage, locals: RequestLocals): void {
  kept.set(req, locals);
}

/** Throws where the observing step was not installed first. */
export function localsOf(req: IncomingMessage): RequestLocals {
  const locals = kept.get(req);
  if (!locals) throw new Error("observe has to be the first step");
  return locals;
}
