import { maxHeaderSize, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { AppError, invalidBody } from "../app-error.ts";
import { problemOf } from "../problem-of.ts";
import { DATA_HEADERS } from "./security-headers.ts";

/** How long the other side has to read the answer before the connection is cut, in milliseconds. */
const LINGER_MS = 1_000;

/**
 * Answers what Node cannot read as a request, which never reaches the application: as a problem and not with an empty
 * body, on the bare socket. Nothing of it is logged: it may hold secrets, and anybody can send it.
 */
export function answerUnreadable(server: Server): void {
  const open = new WeakMap<Duplex, Set<ServerResponse>>();
  server.prependListener("request", ({ socket }, res) => {
    const responses = open.get(socket) ?? new Set();
    open.set(socket, responses.add(res));
    res.once("close", () => {
      // Answered before its end, a request still has a body that may be unreadable.
      if (res.req.complete) responses.delete(res);
    });
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    // Answered already: what else comes goes unread until the connection closes.
    if (!socket.writable) return;
    const problem = problemFor(error.code ?? "");
    if (problem === undefined || ![...(open.get(socket) ?? [])].every(leavesRoom)) {
      socket.destroy();
      return;
    }
    if (problem.code === "request_timeout") {
      // What comes late could still be read as the rest of the request, and be done although it was refused.
      socket.pause();
      socket.end(textOf(problem), () => socket.destroy());
      return;
    }
    const cut = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once("close", () => clearTimeout(cut));
    socket.end(textOf(problem));
  });
}

/**
 * False where what is written now would be taken for the answer to an earlier request, or lie within it. Of a request
 * that has not come to its end, what cannot be read is its body.
 */
function leavesRoom(response: ServerResponse): boolean {
  return response.req.complete ? response.writableFinished : !response.headersSent;
}

/** Undefined for what is no request at all: a connection that broke, a TLS handshake that failed or took too long. */
function problemFor(code: string): AppError | undefined {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new AppError(
      "headers_too_large",
      `The request line and the headers may have ${maxHeaderSize / 1024} kB together at most.`,
    );
  }
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return invalidBody("body_too_large", "has chunk extensions that are too large");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new AppError("request_timeout", "The request did not come to its end in time.");
  }
  return code.startsWith("HPE_")
    ? new AppError("malformed_request", "What was sent is not HTTP/1.1.")
    : undefined;
}

function textOf(error: AppError): string {
  const problem = problemOf(error, undefined);
  const body = JSON.stringify(problem);
  const headers = new Map([
    ...DATA_HEADERS,
    ["content-type", "application/problem+json; charset=utf-8"],
    ["content-length", String(Buffer.byteLength(body))],
    ["date", new Date().toUTCString()],
    ["connection", "close"],
  ]);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
    "",
    body,
  ].join("\r\n");
}
