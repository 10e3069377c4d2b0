import { once } from "node:events";
import type { Response } from "express";

/** Bytes that are gathered before they are sent. */
const CHUNK = 64 * 1024;

/**
 * Answers with lines as they are made, no faster than the caller takes them. What fails before the first line is thrown,
 * so that it can be answered as a problem; later the connection breaks off, and the missing last line tells it.
 */
export async function sendLines(
  res: Response,
  mediaType: string,
  lines: AsyncIterable<string>,
): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    res.writeHead(200, { "content-type": mediaType, "cache-control": "no-store" });
    let chunk = "";
    for (; !next.done; next = await iterator.next()) {
      chunk += `${next.value}\n`;
      if (chunk.length < CHUNK) continue;
      await send(res, chunk);
      if (res.closed) return;
      chunk = "";
    }
    res.end(chunk);
  } finally {
    await iterator.return?.();
  }
}

async function send(res: Response, chunk: string): Promise<void> {
  if (res.write(chunk) || res.closed) return;
  await Promise.race([once(res, "drain"), once(res, "close")]);
}
