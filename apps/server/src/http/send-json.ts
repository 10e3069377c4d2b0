import type { ServerResponse } from "node:http";

/** Sends a whole answer at once, with its length. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: object,
  contentType = "application/json",
): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
  });
  res.end(text);
}
