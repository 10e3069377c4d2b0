import type { IncomingMessage } from "node:http";
import { type AccessTokenCredential, readAccessToken } from "@aic-sos/auth/access-token";
import { parseBearer } from "@aic-sos/auth/bearer";
import { parseKey } from "@aic-sos/auth/credential";
import { readSessionCookie } from "@aic-sos/auth/session-cookie";
import type { Dependencies } from "../dependencies.ts";
import type { PresentedCredential } from "../presented-credential.ts";
import type { RequestContext } from "../trpc/context.ts";
import { headerOf } from "./header-of.ts";
import { localsOf } from "./request-locals.ts";

/** Takes out of a request what steps and handlers may know of it. */
export function requestContext(req: IncomingMessage, deps: Dependencies): RequestContext {
  const locals = localsOf(req);
  return {
    deps,
    requestId: locals.requestId,
    credential: presentedCredential(req),
    address: locals.address,
    workspaceHeader: headerOf(req, "x-workspace-id"),
    idempotencyKey: headerOf(req, "idempotency-key"),
    userAgent: headerOf(req, "user-agent"),
    auditIds: [],
    log: { fields: locals.fields },
  };
}

/**
 * A key or token in `Authorization` comes before a session cookie, that before a client certificate; a malformed one is
 * never passed over for the next.
 */
export function presentedCredential(req: IncomingMessage): PresentedCredential {
  const locals = localsOf(req);
  locals.credential ??= readCredential(req);
  return locals.credential;
}

function readCredential(req: IncomingMessage): PresentedCredential {
  const bearer = parseBearer(req.headersDistinct["authorization"]);
  if (bearer.kind === "malformed") return { kind: "malformed" };
  if (bearer.kind === "token") {
    return parseKey(bearer.token) ?? accessTokenIn(bearer.token, req) ?? { kind: "malformed" };
  }
  const session = readSessionCookie(req.headers.cookie);
  if (session.kind === "session") return session.credential;
  if (session.kind === "malformed") return { kind: "malformed" };
  return localsOf(req).certificate ?? { kind: "none" };
}

/** A token, with the certificate that may be bound to it. */
function accessTokenIn(text: string, req: IncomingMessage): AccessTokenCredential | undefined {
  const token = readAccessToken(text);
  const { certificate } = localsOf(req);
  return token && certificate?.kind === "client_certificate" ? { ...token, certificate } : token;
}
