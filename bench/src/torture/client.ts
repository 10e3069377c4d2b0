import { setTimeout as sleep } from "node:timers/promises";
import { PUBLIC_URL } from "../stage/stage.ts";

/** What came back, or that nothing did: then it is not known whether it was done. */
export type Reply =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: "lost" };

export interface Request {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** A key, or */
  readonly authorization?: string;
  /** a session, */
  readonly cookie?: string;
  /** or a certificate, as a proxy of this machine hands it on: the value of `Client-Cert`. */
  readonly certificate?: string;
  readonly workspaceId?: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

const PATIENCE_MS = 10_000;

/** One request. A broken connection is a reply, too. */
export async function send(url: string, request: Request): Promise<Reply> {
  const { method, path, authorization, cookie, certificate } = request;
  const { workspaceId, body, idempotencyKey } = request;
  try {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(cookie === undefined ? {} : { cookie, origin: PUBLIC_URL }),
        ...(certificate === undefined ? {} : { "client-cert": certificate }),
        ...(workspaceId === undefined ? {} : { "x-workspace-id": workspaceId }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: "lost" };
  }
}

const PAUSE_MS = 25;

/**
 * Sends until there is an answer, as a client with an idempotency key may: again when the connection broke, when the
 * service was not available, and while the first attempt is still being carried out.
 * @returns the answer, and how many attempts it took
 */
export async function sendUntilAnswered(
  url: string,
  request: Request,
): Promise<{ reply: Reply; attempts: number }> {
  for (let attempts = 1; ; attempts += 1) {
    const reply = await send(url, request);
    const again =
      reply.status === "lost" ||
      reply.status === 503 ||
      (reply.status === 409 && isConflict(reply.body));
    if (!again) return { reply, attempts };
    await sleep(PAUSE_MS);
  }
}

function isConflict(body: unknown): boolean {
  return typeof body === "object" && body !== null && "code" in body && body.code === "conflict";
}
